// The label page's entry.
import "../ui/base.css";
import { html, render } from "lit";
import type { HostToLabelPage, LabelPageToHost } from "../../src/protocol/page/labelPage.ts";
import { connect } from "../ui/connect.ts";
import { emptyState, errorState } from "../ui/states.ts";

const root = document.getElementById("page")!;
const host = connect<HostToLabelPage, LabelPageToHost>({
  show: () => undefined,
  act: () => undefined,
});

try {
  const { order, nothing: reason } = await host.request("open", { ticket: null });
  render(
    html`<h1>${order}</h1>
      ${emptyState({
        icon: "inbox",
        title: reason?.title ?? "",
        text: reason?.text ?? "",
        action: null,
      })}`,
    root,
  );
} catch (error) {
  render(errorState(String(error), null), root);
}
