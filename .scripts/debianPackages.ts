// The Debian packages that some suites need: a browser, strace, and what code-server's native parts are
// built against. Installed only as root on Debian, and not where SSRM_NO_INSTALL=1 forbids it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const packages: Readonly<Record<string, string>> = {
  chromium: "/usr/bin/chromium",
  strace: "/usr/bin/strace",
  "libkrb5-dev": "/usr/include/krb5.h",
  "libsecret-1-dev": "/usr/include/libsecret-1/libsecret/secret.h",
  "libx11-dev": "/usr/include/X11/Xlib.h",
  "libxkbfile-dev": "/usr/include/X11/extensions/XKBfile.h",
};

/** Installs what is missing; says what it can't, for the suites that will be skipped. */
export function installDebianPackages(): void {
  const missing = Object.keys(packages).filter((name) => !existsSync(packages[name] ?? ""));
  if (process.platform !== "linux" || missing.length === 0) return;
  const mayInstall =
    process.getuid?.() === 0 &&
    process.env["SSRM_NO_INSTALL"] !== "1" &&
    existsSync("/usr/bin/apt-get");
  if (!mayInstall) {
    console.error(
      `missing Debian packages: ${missing.join(" ")}; suites that need them are skipped`,
    );
    return;
  }
  console.error(`installing Debian packages: ${missing.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-q"],
    ["install", "-q", "-y", "--no-install-recommends", ...missing],
  ]) {
    const { status } = spawnSync("apt-get", args, { env, stdio: ["ignore", 2, 2] });
    if (status !== 0) console.error(`apt-get ${args[0]} ended with ${status}`);
  }
}
