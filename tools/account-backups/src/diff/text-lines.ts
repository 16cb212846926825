/** The lines of a UTF-8 text as its bytes arrive, without line feeds; the last may lack one. Memory: one line. */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The text of each record of a CSV: a line that ends inside quotes continues on the next. */
export async function* csvTexts(lines: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
  let open = '';
  for await (const line of lines) {
    const text = open === '' ? line : `${open}\n${line}`;
    const isOpen = (text.match(/"/g)?.length ?? 0) % 2 === 1;
    open = isOpen ? text : '';
    if (!isOpen) yield text;
  }
  if (open !== '') yield open;
}
