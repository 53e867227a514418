// How a user names the columns of a file whose form is not recognised.

/** Which column of a file holds what; from project.json. */
export type FieldMapping = Readonly<
  Partial<
    Record<"prompt" | "responseA" | "responseB" | "chosen" | "rejected" | "verdict" | "id", string>
  >
>;
