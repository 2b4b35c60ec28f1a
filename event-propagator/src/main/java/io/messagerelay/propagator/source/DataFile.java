package io.messagerelay.propagator.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The file of {@code DATA_FILE}: a JSON array in UTF-8. Each element is an item, byte for byte as
 * it stands there; whether it is an event is not looked at.
 */
final class DataFile {
  static final int MAX_BYTES = 64 * 1024 * 1024;

  /** What the items cost beside their bytes is bounded by their number. */
  static final int MAX_ITEMS = 1_000_000;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int CHUNK_CHARS = 8192;
  // Guessing would let UTF-16 through, whose offsets are not those of the bytes.
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();

  private final Path path;
  private final byte[] bytes;

  private DataFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /** The file's items, one or more. The message of what it throws names file, line and column. */
  static List<SourceItem> read(Path path) throws SourceException {
    var file = new DataFile(path, bytes(path));
    file.requireUtf8();
    return file.items();
  }

  private static byte[] bytes(Path path) throws SourceException {
    if (Files.isDirectory(path)) {
      throw unfit(path, "is a folder");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw unfit(path, "is a device or a pipe");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw unfit(path, "is larger than 64 MiB");
      }
      return withoutMark(bytes);
    } catch (NoSuchFileException e) {
      throw unfit(path, "does not exist");
    } catch (IOException e) {
      throw unfit(path, "cannot be read: " + reason(e));
    }
  }

  private static byte[] withoutMark(byte[] bytes) {
    int mark = BYTE_ORDER_MARK.length;
    return Arrays.mismatch(bytes, BYTE_ORDER_MARK) == mark
        ? Arrays.copyOfRange(bytes, mark, bytes.length)
        : bytes;
  }

  static String reason(IOException cause) {
    return cause instanceof AccessDeniedException ? "permission denied" : cause.toString();
  }

  private void requireUtf8() throws SourceException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(CHUNK_CHARS);
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
      if (result.isError()) {
        throw unfit("is not UTF-8", in.position(), "");
      }
    } while (result.isOverflow());
  }

  private List<SourceItem> items() throws SourceException {
    try (JsonParser parser = JSON.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw unfit(path, "is empty");
      }
      if (first != JsonToken.START_ARRAY) {
        throw unfit("does not begin with [", offsetOf(parser), "");
      }
      List<SourceItem> items = elements(parser);
      if (parser.nextToken() != null) {
        throw unfit("goes on after its array", offsetOf(parser), "");
      }
      return items;
    } catch (JacksonException e) {
      throw unfit("is not JSON", offsetOf(e), ": " + reason(e));
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can always be read", e);
    }
  }

  private List<SourceItem> elements(JsonParser parser) throws IOException, SourceException {
    var items = new ArrayList<SourceItem>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (items.size() == MAX_ITEMS) {
        throw unfit(path, "has more than 1,000,000 elements");
      }
      int from = offsetOf(parser);
      parser.skipChildren();
      parser.finishToken();
      int to = (int) parser.currentLocation().getByteOffset();
      String place = "%s[%d]".formatted(path.getFileName(), items.size());
      items.add(new SourceItem.Whole(Arrays.copyOfRange(bytes, from, to), place));
    }
    if (items.isEmpty()) {
      throw unfit(path, "is an empty array");
    }
    return items;
  }

  private static int offsetOf(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }

  /** Where the character begins that Jackson stumbled over; it may point into its middle. */
  private int offsetOf(JacksonException cause) {
    int offset = (int) cause.getLocation().getByteOffset();
    while (offset > 0 && offset < bytes.length && continuesCharacter(bytes[offset])) {
      offset--;
    }
    return offset;
  }

  /** Jackson's words without its advice to programmers. What it takes for bad UTF-8 is none. */
  private static String reason(JacksonException cause) {
    String message = cause.getOriginalMessage();
    if (cause instanceof JsonEOFException) {
      return "it ends too early";
    }
    return message.startsWith("Invalid UTF-8")
        ? "Unexpected character"
        : message.replaceFirst("(?s)( \\(for |: enable ).*", "");
  }

  private static SourceException unfit(Path path, String what) {
    return new SourceException(
        "DATA_FILE: %s %s; expected a JSON array of one or more events".formatted(path, what));
  }

  private SourceException unfit(String what, int offset, String why) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < Math.min(offset, bytes.length); i++) {
      if (bytes[i] == '\n') {
        line++;
        column = 1;
      } else if (!continuesCharacter(bytes[i])) {
        column++;
      }
    }
    return unfit(path, "%s at line %d, column %d%s".formatted(what, line, column, why));
  }

  private static boolean continuesCharacter(byte utf8) {
    return (utf8 & 0xC0) == 0x80;
  }
}
