import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import net.lingala.zip4j.ZipFile;
import net.lingala.zip4j.model.FileHeader;

/** Prints "base64(name) sha256(content)" for each entry of an archive, as zip4j reads it. */
class Zip4jHashes {
  public static void main(String[] args) throws Exception {
    ZipFile zip = new ZipFile(args[0]);
    if (args.length > 1) zip.setPassword(args[1].toCharArray());
    StringBuilder lines = new StringBuilder();
    for (FileHeader header : zip.getFileHeaders()) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      try (InputStream content = zip.getInputStream(header)) {
        byte[] chunk = new byte[1 << 16];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) sha256.update(chunk, 0, read);
      }
      lines.append(Base64.getEncoder().encodeToString(header.getFileName().getBytes("UTF-8")));
      lines.append(' ').append(HexFormat.of().formatHex(sha256.digest())).append('\n');
    }
    System.out.print(lines);
  }
}
