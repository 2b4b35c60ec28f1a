package io.messagerelay.consumer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Answers made small for who understands it (RFC 9110 §12.5.3). */
public final class Gzip {
  public static final String NAME = "gzip";

  /** What is shorter goes in one packet either way. */
  static final int WORTH_IT = 1_400;

  private Gzip() {}

  /** The same answer, encoded if that is understood and of use; a problem never is. */
  static Answer of(Answer answer, MultiMap headers) {
    return answer.status() != 200 || answer.body().length < WORTH_IT || !isAccepted(headers)
        ? answer
        : answer.with(encoded(answer.body()), Map.of("Content-Encoding", NAME));
  }

  public static boolean isAccepted(MultiMap headers) {
    return headers.getAll(HttpHeaders.ACCEPT_ENCODING).stream()
        .flatMap(value -> Arrays.stream(value.toLowerCase(Locale.ROOT).split(",")))
        .map(coding -> coding.replaceAll("\\s", ""))
        .filter(coding -> coding.matches("(x-)?gzip(;.*)?|\\*(;.*)?"))
        .max(Comparator.comparing((String coding) -> !coding.startsWith("*")))
        .filter(coding -> !isRefused(coding))
        .isPresent();
  }

  /** A weight of zero means: not this. */
  private static boolean isRefused(String coding) {
    return Optional.of(coding).filter(text -> text.matches(".*;q=0(\\.0*)?")).isPresent();
  }

  public static byte[] encoded(byte[] body) {
    var bytes = new ByteArrayOutputStream(body.length / 4);
    try (var gzip = new GZIPOutputStream(bytes, 8192)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
