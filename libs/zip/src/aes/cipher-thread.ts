// What a thread of `cipher-threads.ts` runs.
import { parentPort } from 'node:worker_threads';
import { Ae2Sealing, deriveBytes, sealFrame } from './ae2-sealing.js';
import type { Frame } from './frame.js';

/**
 * What a thread is asked for: keys; a whole entry; or one in pieces, which is begun, gets its pieces in order, and is ended or
 * abandoned.
 */
export type CipherRequest =
  | { readonly kind: 'derive'; readonly password: Uint8Array; readonly salt: Uint8Array }
  | { readonly kind: 'seal'; readonly password: Uint8Array; readonly frame: Frame }
  | { readonly kind: 'begin'; readonly session: number; readonly password: Uint8Array }
  | { readonly kind: 'encipher'; readonly session: number; readonly piece: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end' | 'abandon'; readonly session: number };

const sealings = new Map<number, Ae2Sealing>();

parentPort?.on('message', (requests: readonly CipherRequest[]) => {
  const answers = requests.map(answerTo).filter((memory) => memory !== undefined);
  parentPort?.postMessage(answers, answers);
});

function answerTo(request: CipherRequest): ArrayBuffer | undefined {
  switch (request.kind) {
    case 'derive':
      return memoryOf(deriveBytes(request.password, request.salt));
    case 'seal':
      sealFrame(request.frame, request.password);
      return request.frame.memory;
    case 'begin':
      return begun(request.session, new Ae2Sealing(request.password));
    case 'encipher':
      sealingOf(request.session).encipher(request.piece);
      return request.piece.buffer;
    case 'end':
      return ended(request.session);
    case 'abandon':
      sealings.delete(request.session);
      return undefined;
  }
}

function begun(session: number, sealing: Ae2Sealing): ArrayBuffer {
  sealings.set(session, sealing);
  return memoryOf(sealing.lead);
}

function ended(session: number): ArrayBuffer {
  const code = sealingOf(session).code();
  sealings.delete(session);
  return memoryOf(code);
}

function sealingOf(session: number): Ae2Sealing {
  const sealing = sealings.get(session);
  if (!sealing) throw new Error(`nothing has been begun under ${session}`);
  return sealing;
}

// In memory of its own, that it may change hands: small Buffers share theirs.
const memoryOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
