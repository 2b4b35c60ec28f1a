package io.messagerelay.consumer.http;

import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form of a token request: {@code application/x-www-form-urlencoded} in UTF-8, read strictly.
 */
final class TokenBody {
  private TokenBody() {}

  static boolean isForm(@Nullable String contentType) {
    return contentType != null
        && Negotiation.isOf(contentType, MediaType.APPLICATION_FORM_URLENCODED);
  }

  /** Empty when it is not percent-encoded UTF-8. Parameters keep their order and repetitions. */
  static Optional<Map<String, List<String>>> decode(byte[] body) {
    var parameters = new LinkedHashMap<String, List<String>>();
    try {
      for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (!pair.isEmpty()) {
          parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
      }
      return Optional.of(parameters);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** By way of bytes, because the decoder of the JDK replaces what is not UTF-8. */
  private static String decode(String encoded) throws CharacterCodingException {
    byte[] bytes =
        URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.ISO_8859_1);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
