// The register of forms: a new one is a file in forms/ and a line here. Where two match as many of a file's
// rows, the earlier one is taken, so the more particular stand first.
import type { Form } from "./form.ts";
import { arena } from "./forms/arena.ts";
import { argilla } from "./forms/argilla.ts";
import { helpSteer } from "./forms/helpSteer.ts";
import { hhTranscripts } from "./forms/hhTranscripts.ts";
import { labelStudio } from "./forms/labelStudio.ts";
import { openaiDpo } from "./forms/openaiDpo.ts";
import { pairLists, pairs } from "./forms/pairs.ts";
import { potato } from "./forms/potato.ts";
import { prodigy } from "./forms/prodigy.ts";
import { responses } from "./forms/responses.ts";
import { trlConversational } from "./forms/trlConversational.ts";
import { trlImplicit } from "./forms/trlImplicit.ts";
import { trlMixed } from "./forms/trlMixed.ts";
import { trlStandard } from "./forms/trlStandard.ts";

export const formTable: readonly Form[] = [
  trlStandard,
  trlConversational,
  trlMixed,
  hhTranscripts,
  trlImplicit,
  openaiDpo,
  argilla,
  labelStudio,
  prodigy,
  arena,
  helpSteer,
  potato,
  pairs,
  pairLists,
  responses,
];
