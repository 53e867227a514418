// TRL standard: prompt, chosen and rejected as text.
import { trlStandard as readBy } from "../forms/trlStandard.ts";
import {
  losesNothing,
  plainText,
  preferenceLeavesOut,
  preferenceOf,
  refusePlain,
  refuseUndecided,
  type ExportForm,
} from "./exportForm.ts";

export const trlStandard: ExportForm = {
  name: "trl-standard",
  readBy,
  leavesOut: preferenceLeavesOut,
  refuse: (row) => refuseUndecided(row) ?? refusePlain(row),
  loses: losesNothing,
  write: (row) => {
    const { chosen, rejected, origin } = preferenceOf(row);
    return {
      prompt: plainText(row.pair.prompt),
      chosen: plainText(chosen),
      rejected: plainText(rejected),
      ...origin,
    };
  },
};
