package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.auth.TokenAnswer;
import io.messagerelay.propagator.auth.Tokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Gives the first answer, and the next one at each renewal. */
final class FakeTokens implements Tokens {
  final List<TokenAnswer.Token> renewed = new ArrayList<>();
  private final Deque<TokenAnswer> answers = new ArrayDeque<>();

  FakeTokens(TokenAnswer... answers) {
    this.answers.addAll(List.of(answers));
  }

  @Override
  public TokenAnswer current() {
    return answers.getFirst();
  }

  @Override
  public TokenAnswer renew(TokenAnswer.Token stale) {
    renewed.add(stale);
    answers.removeFirst();
    return answers.getFirst();
  }
}
