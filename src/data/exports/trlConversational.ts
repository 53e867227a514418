// TRL conversational: prompt, chosen and rejected as lists of messages.
import { trlConversational as readBy } from "../forms/trlConversational.ts";
import {
  losesNothing,
  preferenceLeavesOut,
  preferenceOf,
  refuseUndecided,
  type ExportForm,
} from "./exportForm.ts";

export const trlConversational: ExportForm = {
  name: "trl-conversational",
  readBy,
  leavesOut: preferenceLeavesOut,
  refuse: refuseUndecided,
  loses: losesNothing,
  write: (row) => {
    const { chosen, rejected, origin } = preferenceOf(row);
    return { prompt: row.pair.prompt, chosen, rejected, ...origin };
  },
};
