package io.messagerelay.propagator.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts texts, in one block or in many. */
final class Cutting {
  private final Function<Position, Cutter> kind;

  Cutting(Function<Position, Cutter> kind) {
    this.kind = kind;
  }

  /** A cut as a text, and where the cutter stood behind it. */
  record Made(String text, Position behind) {}

  List<Made> whole(byte[] content) {
    return from(Position.start(), content, content.length + 1);
  }

  List<String> texts(String content) {
    return whole(content.getBytes(UTF_8)).stream().map(Made::text).toList();
  }

  List<Made> from(Position begin, byte[] content, int blockBytes) {
    return from(begin, content, new int[] {blockBytes});
  }

  /** Blocks of 1 to {@code longest} bytes. */
  List<Made> randomly(byte[] content, int longest, Random random) {
    return from(Position.start(), content, random.ints(1_000, 1, longest + 1).toArray());
  }

  private List<Made> from(Position begin, byte[] content, int[] blocks) {
    Cutter cutter = kind.apply(begin);
    List<Made> made = new ArrayList<>();
    int at = (int) begin.offset();
    for (int i = 0; at < content.length; i++) {
      int to = Math.min(content.length, at + blocks[i % blocks.length]);
      byte[] block = new byte[to - at + 3];
      System.arraycopy(content, at, block, 3, to - at);
      cutter.feed(block, 3, block.length);
      take(cutter, made);
      at = to;
    }
    cutter.end();
    take(cutter, made);
    return made;
  }

  private static void take(Cutter cutter, List<Made> made) {
    for (Cut cut = cutter.next(); cut != null; cut = cutter.next()) {
      made.add(new Made(text(cut), cutter.position()));
    }
  }

  static String text(@Nullable Cut cut) {
    Objects.requireNonNull(cut);
    String where = "%d@%d ".formatted(cut.line(), cut.offset());
    String body = new String(cut.body(), UTF_8);
    return switch (cut) {
      case Cut.Whole _ -> where + body;
      case Cut.Broken(_, _, _, var reason) -> where + body + " !" + reason;
    };
  }
}
