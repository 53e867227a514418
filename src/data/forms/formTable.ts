// The register of forms: a new one is a file in forms/ and a line here. Where two match as many of a file's
// rows, the earlier one is taken, so the more particular stand first.
import type { Form } from "./form.ts";
import { arena } from "./arena.ts";
import { argilla } from "./argilla.ts";
import { helpSteer } from "./helpSteer.ts";
import { hhTranscripts } from "./hhTranscripts.ts";
import { labelStudio } from "./labelStudio.ts";
import { openaiDpo } from "./openaiDpo.ts";
import { pairLists, pairs } from "./pairs.ts";
import { potato } from "./potato.ts";
import { prodigy } from "./prodigy.ts";
import { responses } from "./responses.ts";
import { trlConversational } from "./trlConversational.ts";
import { trlImplicit } from "./trlImplicit.ts";
import { trlMixed } from "./trlMixed.ts";
import { trlStandard } from "./trlStandard.ts";

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
