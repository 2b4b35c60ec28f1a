package io.messagerelay.propagator.source.file;

import io.messagerelay.propagator.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/** Makes what a replay reads. */
final class ReplayFiles {
  static final ReplayOptions ALL = new ReplayOptions(1, Set.of(), false);

  private ReplayFiles() {}

  static ReplaySource source(ReplayOptions options, Path... typed) throws SourceException {
    return Replay.find(List.of(typed).stream().map(Path::toString).toList(), _ -> {})
        .read(_ -> {})
        .source(options, 0, () -> 0L);
  }

  /** Packed, each text as a member of its own. */
  static byte[] gzip(String... texts) {
    var packed = new ByteArrayOutputStream();
    for (String text : texts) {
      try (var out = new GZIPOutputStream(packed)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return packed.toByteArray();
  }

  static String event(int number) {
    return "{\"event_type\":\"t%d\",\"event_payload\":\"p%d\"}".formatted(number % 3, number);
  }
}
