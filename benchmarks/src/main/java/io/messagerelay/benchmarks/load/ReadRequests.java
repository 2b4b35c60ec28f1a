package io.messagerelay.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The same {@code GET} over and over.
 *
 * @param target path and query
 * @param encoding of the answer that is accepted; {@code identity} for none
 */
public record ReadRequests(String target, String token, String encoding) implements Requests {
  /** Of answers as they are. */
  public ReadRequests(String target, String token) {
    this(target, token, "identity");
  }

  @Override
  public Request of(int connection) {
    String head =
        """
        GET %s HTTP/1.1
        Host: 127.0.0.1
        Authorization: Bearer %s
        Accept-Encoding: %s

        """
            .formatted(target, token, encoding)
            .replace("\n", "\r\n");
    return new Request(head.getBytes(US_ASCII), new int[0], (_, _) -> {});
  }

  @Override
  public int events() {
    return 0;
  }
}
