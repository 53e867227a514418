// Who gives the verdicts: the name that git has for this person, or the one the system has. No VS Code here.
import { readFile } from "node:fs/promises";
import { homedir, userInfo } from "node:os";
import { join } from "node:path";

/** A name of this length fits into a label event. */
const mostCharacters = 200;

/** `folder`: the workspace's, whose own git settings come first. Never throws and never is empty. */
export async function raterName(folder: string | null): Promise<string> {
  const home = homedir();
  const settings = process.env["XDG_CONFIG_HOME"] ?? join(home, ".config");
  const files = [
    ...(folder === null ? [] : [join(folder, ".git", "config")]),
    join(home, ".gitconfig"),
    join(settings, "git", "config"),
  ];
  for (const file of files) {
    const name = gitUserName(await readFile(file, "utf8").catch(() => ""));
    if (name !== null) return name.slice(0, mostCharacters);
  }
  return systemUser().slice(0, mostCharacters);
}

/** `user.name` of a git configuration (git-config(1)), without following includes; null where it is not set. */
export function gitUserName(config: string): string | null {
  let isUser = false;
  let name: string | null = null;
  for (const raw of config.split(/\r?\n/)) {
    const line = raw.trim();
    const section = /^\[\s*([\w.-]+)\s*(".*")?\s*\]/.exec(line);
    if (section !== null) isUser = section[1]!.toLowerCase() === "user" && section[2] === undefined;
    const value = /^name\s*=\s*(.*)$/i.exec(line);
    if (isUser && value !== null) name = unquoted(value[1]!);
  }
  return name === null || name === "" ? null : name;
}

function unquoted(value: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(value);
  if (quoted !== null) return quoted[1]!.replace(/\\(.)/g, "$1").trim();
  return value.replace(/\s*[#;].*$/, "").trim();
}

function systemUser(): string {
  try {
    return userInfo().username || "unknown";
  } catch {
    // A container may run under a user id that has no name.
    return "unknown";
  }
}
