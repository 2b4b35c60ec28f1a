package io.messagerelay.consumer.tail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A reader that takes what it is told to. */
final class FakeLine implements Line {
  private final List<String> sent = new ArrayList<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean takesAll;
  private String state = "open";

  /** From now on it takes everything at once. */
  FakeLine takingAll() {
    takesAll = true;
    return this;
  }

  /** Takes the oldest piece of what waits. */
  void take() {
    waiting.remove().run();
  }

  void leave() {
    state = "gone";
  }

  /** All pieces so far, taken or not. */
  List<String> sent() {
    return sent;
  }

  int sentBytes() {
    return sent.stream().mapToInt(String::length).sum();
  }

  /** {@code open}, {@code ended}, {@code cut} or {@code gone}. */
  String state() {
    return state;
  }

  @Override
  public void send(List<byte[]> pieces, Runnable left) {
    pieces.forEach(piece -> sent.add(new String(piece, StandardCharsets.UTF_8)));
    if (takesAll) {
      left.run();
    } else {
      waiting.add(left);
    }
  }

  @Override
  public void end() {
    state = "ended";
  }

  @Override
  public void cut() {
    state = "cut";
  }

  @Override
  public boolean isGone() {
    return state.equals("gone");
  }
}
