// The one content hash. @noble/hashes is plain JavaScript, so the same ids come out in the pure zones, in
// Node and in a page.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of the text's UTF-8, 64 hex digits. Texts with lone surrogates must be escaped first. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
