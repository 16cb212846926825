import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { BagText, Checksum } from '@account-backups/bag';
import { AppError } from '@account-backups/contracts';
import {
  discard,
  inflatedPiece,
  joinedPieces,
  PieceDeflater,
  prepareJoined,
  type DeflatedPiece,
} from '@account-backups/zip';
import type { PreparedEntry } from '@account-backups/zip';

/** The rows that the segments add to a text. */
interface JoinedRows {
  readonly pieces: readonly DeflatedPiece[];
  readonly deflated: AsyncIterable<Buffer>;
}

/** A text of the bag: its head, the segments' rows and its foot. Its SHA-256 is taken while it is written. */
export class JoinedText {
  private readonly hash = createHash('sha256');

  private constructor(
    private readonly path: string,
    private readonly pieces: readonly DeflatedPiece[],
    private readonly deflated: () => AsyncIterable<Buffer>,
  ) {}

  static async of(text: BagText, rows: JoinedRows): Promise<JoinedText> {
    const [head, foot] = await Promise.all([deflatedText(text.head()), deflatedText(text.foot())]);
    async function* deflated(): AsyncGenerator<Buffer> {
      yield* head.deflated;
      yield* rows.deflated;
      yield* foot.deflated;
    }
    return new JoinedText(text.path, [head.piece, ...rows.pieces, foot.piece], deflated);
  }

  get sizeBytes(): number {
    return joinedPieces(this.pieces).sizeBytes;
  }

  entry(bagRoot: string, modifiedAt: Date, password: string | undefined): Promise<PreparedEntry> {
    const source = { name: `${bagRoot}/${this.path}`, modifiedAt, pieces: this.pieces, deflated: () => this.hashed() };
    return prepareJoined(source, password);
  }

  /** Once, when the entry has been written. */
  checksum(): Checksum {
    return { path: this.path, sha256: this.hash.digest('hex') };
  }

  private async *hashed(): AsyncGenerator<Buffer> {
    let crc = 0;
    for await (const piece of this.deflated()) {
      const content = await inflatedPiece(piece);
      this.hash.update(content);
      crc = crc32(content, crc);
      // Gigabytes pass here for a million documents.
      discard(content);
      yield piece;
    }
    if (crc === joinedPieces(this.pieces).crc32) return;
    throw new AppError('OBJECT_CORRUPT', `the rows of ${this.path} are not what the segments' builders stored`);
  }
}

async function deflatedText(text: string) {
  const deflater = new PieceDeflater();
  await deflater.add(Buffer.from(text));
  const { piece, deflated } = await deflater.finish();
  return { piece, deflated: deflated.length > 0 ? [Buffer.concat(deflated)] : [] };
}
