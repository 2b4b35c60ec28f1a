package io.messagerelay.system.way;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A request as event-propagator sends it: HTTP/1.1, its body with a length.
 *
 * @param headers by their names in lower case
 */
record Request(String method, String path, Map<String, String> headers, byte[] body) {
  private static final Pattern TYPE = Pattern.compile("\"sample\\.(\\d+)\"");

  /** Reads the next one of a connection; empty when it ends before one begins. */
  static Optional<Request> read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    String[] words = first.split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      String[] header = line.split(":", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the request ends early");
    }
    return Optional.of(new Request(words[0], words[1], headers, body));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
      line.write(each);
    }
    return line.toString(ISO_8859_1).strip();
  }

  boolean isForToken() {
    return path.startsWith("/token");
  }

  /** The numbers of the proof's items in it, by their types. */
  List<Integer> items() {
    return TYPE.matcher(new String(body, UTF_8))
        .results()
        .map(found -> Integer.valueOf(found.group(1)))
        .toList();
  }
}
