package io.messagerelay.consumer.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Connections that fail when they are told to. A commit is noticed in both of its forms: the
 * statement {@code COMMIT} and the method of the connection. Used by one thread.
 */
final class FaultyConnections implements Connections {
  private enum Commit {
    ANSWERED,
    ANSWER_LOST,
    NEVER_ARRIVED
  }

  /** Something that happens in between. */
  interface Event {
    void happens() throws Exception;
  }

  private final Connections real;
  private Commit nextCommit = Commit.ANSWERED;
  private @Nullable Event afterDiscard;
  private @Nullable Connection lent;
  private boolean away;

  FaultyConnections(Connections real) {
    this.real = real;
  }

  void loseAnswerOfNextCommit() {
    nextCommit = Commit.ANSWER_LOST;
  }

  void failNextCommit() {
    nextCommit = Commit.NEVER_ARRIVED;
  }

  void afterNextDiscard(Event event) {
    afterDiscard = event;
  }

  void away() {
    away = true;
  }

  void back() {
    away = false;
  }

  @Override
  public Connection writing() throws SQLException {
    refuseWhenAway();
    Connection connection = real.writing();
    lent = connection;
    return proxy(Connection.class, connection);
  }

  @Override
  public Connection reading() throws SQLException {
    refuseWhenAway();
    return real.reading();
  }

  private void refuseWhenAway() throws SQLException {
    if (away) {
      throw new SQLException("the database is away");
    }
  }

  @Override
  public void discard(Connection connection) {
    if (lent != null) {
      real.discard(lent);
      lent = null;
    }
    Event event = afterDiscard;
    afterDiscard = null;
    try {
      if (event != null) {
        event.happens();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private <T> T proxy(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              boolean commit =
                  method.getName().equals("commit")
                      || (arguments != null && "COMMIT".equals(arguments[0]));
              return call(commit, target, method, arguments);
            });
    return type.cast(proxy);
  }

  private @Nullable Object call(
      boolean commit, Object target, java.lang.reflect.Method method, Object @Nullable [] arguments)
      throws Throwable {
    Commit fate = commit ? nextCommit : Commit.ANSWERED;
    if (fate != Commit.ANSWERED) {
      nextCommit = Commit.ANSWERED;
    }
    if (fate == Commit.NEVER_ARRIVED) {
      throw new SQLException("the connection broke before the commit");
    }
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
    if (fate == Commit.ANSWER_LOST) {
      throw new SQLException("the connection broke after the commit");
    }
    return result instanceof Statement statement && method.getName().equals("createStatement")
        ? proxy(Statement.class, statement)
        : result;
  }
}
