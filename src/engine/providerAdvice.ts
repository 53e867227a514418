// Why a provider does not work, and what to do about it, from what it said.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Why a provider that this build knows but does not bring can't run here; null where its library is there. */
export function whatIsMissing(provider: string): string | null {
  if (provider !== "cuda")
    return `onnxruntime-node brings no ${provider} library for this platform`;
  const folder = nativeFolder();
  const library = "libonnxruntime_providers_cuda.so";
  if (folder !== null && existsSync(join(folder, library))) return null;
  const driver = existsSync("/proc/driver/nvidia/version") || existsSync("/dev/nvidia0");
  return driver
    ? `${library} is not there`
    : `this machine shows no NVIDIA driver, and ${library} is not there`;
}

/** One sentence: the reason, and which package or step helps where that is known. */
export function adviceFor(provider: string, reason: string): string {
  const short = shortened(reason);
  const help = helps.find(({ where, said }) => where.includes(provider) && said.test(reason));
  return help === undefined ? `${short}.` : `${short}: ${help.todo}.`;
}

interface Help {
  readonly where: readonly string[];
  readonly said: RegExp;
  readonly todo: string;
}

const all = ["load", "cpu", "webgpu", "cuda", "dml"];

const helps: readonly Help[] = [
  {
    where: all,
    said: /GLIBC(XX)?_[\d.]+' not found/,
    todo: "the system's C library is too old for it; a newer release of the system has one (glibc 2.28 or later)",
  },
  {
    where: all,
    said: /Cannot find (module|package)|ERR_MODULE_NOT_FOUND|is not there: build again/,
    todo: "run `npm ci`, then `npm run build`",
  },
  {
    where: ["cuda"],
    said: /no NVIDIA driver/,
    todo: "with an NVIDIA card, install its driver first; without one, this is as it should be",
  },
  {
    where: ["cuda"],
    said: /providers_cuda\.so is not there/,
    todo:
      "it is a separate download of onnxruntime-node; where the network allows, run " +
      "`ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node`",
  },
  {
    where: ["cuda"],
    said: /libcudnn/,
    todo: "install cuDNN 9 for the CUDA version that it was built for (Debian, Ubuntu: libcudnn9-cuda-12)",
  },
  {
    where: ["cuda"],
    said: /lib(cublas|cudart|cufft|curand|nvrtc)\w*\.so/,
    todo: "install the CUDA runtime libraries of that version (cuda-libraries of NVIDIA's packages)",
  },
  {
    where: ["cuda"],
    said: /libcuda\.so|no CUDA-capable device|driver version is insufficient/i,
    todo: "install or update the NVIDIA driver",
  },
  {
    where: ["webgpu"],
    said: /vulkan|adapter|no supported|Failed to get|dawn|device/i,
    todo:
      process.platform === "linux"
        ? "it needs the Vulkan loader and a GPU's driver (Debian, Ubuntu: libvulkan1 and mesa-vulkan-drivers, or the " +
          "driver of NVIDIA)"
        : "it needs a GPU with a current driver",
  },
];

/** The first line, without the source positions that the native library puts into it. */
function shortened(reason: string): string {
  const line = reason.split("\n")[0]!.trim().replace(/\.$/, "");
  // The library puts source positions, function names and failed conditions before its own sentence.
  const sentence = /\bFailed to .*$/.exec(line)?.[0] ?? line;
  const plain = sentence.replace(/\S*\/onnxruntime\/\S+:\d+\s*/g, "");
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}

function nativeFolder(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve("onnxruntime-node");
    const { platform, arch } = process;
    return join(dirname(dirname(entry)), "bin/napi-v6", platform, arch);
  } catch {
    return null;
  }
}
