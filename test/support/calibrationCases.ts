// Synthetic probabilities and what relplot, netcal, uncertainty-calibration, scikit-learn and scipy say of
// them, from test/fixtures/makeCalibrationFixture.py.
import { readFileSync } from "node:fs";
import { z } from "zod";

const numbers = z.array(z.number()).transform((list) => Float64Array.from(list));
const calibrationCase = z.strictObject({
  name: z.string(),
  margin: numbers,
  target: numbers,
  p: numbers,
  accuracyLow: z.number(),
  accuracyHigh: z.number(),
  nll: z.number(),
  brier: z.number(),
  eceNetcal: z.number(),
  ece: z.number(),
  eceEqualMass: z.number(),
  eceDebiased: z.number(),
  smece: z.number(),
  smeceWidth: z.number(),
  smeceAtWidth: z.number(),
  temperature: z.number(),
});

export const calibrationCases = z
  .array(calibrationCase)
  .min(1)
  .parse(
    JSON.parse(
      readFileSync(new URL("../fixtures/calibrationFixture.json", import.meta.url), "utf8"),
    ),
  );
