package io.messagerelay.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The same {@code GET} over and over.
 *
 * @param target path and query
 */
public record ReadRequests(String target, String token) implements Requests {
  @Override
  public Request of(int connection) {
    String head =
        "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(target, token);
    return new Request(head.getBytes(US_ASCII), new int[0], (_, _) -> {});
  }

  @Override
  public int events() {
    return 0;
  }
}
