// The script of a thread of `cipher-threads.ts`.
import { answerRequests } from '../threads/answer-requests.js';
import { Ae2Encryption, deriveBytes, encryptFrame } from './ae2-encryption.js';
import type { Frame } from './frame.js';

/**
 * What a thread can be asked for: deriving keys, encrypting a whole content, or encrypting one in pieces. The last is a
 * session: it begins, takes its pieces in order, and is ended or abandoned.
 */
export type CipherRequest =
  | { readonly kind: 'derive'; readonly password: Uint8Array; readonly salt: Uint8Array }
  | { readonly kind: 'encrypt-frame'; readonly password: Uint8Array; readonly frame: Frame }
  | { readonly kind: 'begin'; readonly session: number; readonly password: Uint8Array }
  | { readonly kind: 'encrypt-piece'; readonly session: number; readonly piece: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' | 'abandon'; readonly session: number };

const encryptions = new Map<number, Ae2Encryption>();

const nothing = new ArrayBuffer(0);

answerRequests(answerTo, (memory) => [memory]);

function answerTo(request: CipherRequest): ArrayBuffer {
  switch (request.kind) {
    case 'derive':
      return memoryOf(deriveBytes(request.password, request.salt));
    case 'encrypt-frame':
      encryptFrame(request.frame, request.password);
      return request.frame.memory;
    case 'begin':
      return begun(request.session, new Ae2Encryption(request.password));
    case 'encrypt-piece':
      encryptionOf(request.session).encrypt(request.piece);
      return request.piece.buffer;
    case 'end':
      return ended(request.session);
    case 'abandon':
      encryptions.delete(request.session);
      return nothing;
  }
}

function begun(session: number, encryption: Ae2Encryption): ArrayBuffer {
  encryptions.set(session, encryption);
  return memoryOf(encryption.lead);
}

function ended(session: number): ArrayBuffer {
  const code = encryptionOf(session).code();
  encryptions.delete(session);
  return memoryOf(code);
}

function encryptionOf(session: number): Ae2Encryption {
  const encryption = encryptions.get(session);
  if (!encryption) throw new Error(`session ${session} has not begun`);
  return encryption;
}

// A copy in memory of its own, which can be transferred: small Buffers share theirs.
const memoryOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
