package io.messagerelay.system;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each test an installation of its own. When the test fails, what its processes said last is
 * shown and the folder stays; a database is dropped in any case.
 */
final class Site implements BeforeEachCallback, AfterEachCallback {
  private static final int LINES_SHOWN = 60;

  private final @Nullable Supplier<TestServer> server;
  private @Nullable TestDatabase database;
  private @Nullable Installation installation;

  /** One on the embedded store. */
  Site() {
    this(null);
  }

  private Site(@Nullable Supplier<TestServer> server) {
    this.server = server;
  }

  /** One that has a database of this server for itself. */
  static Site on(Supplier<TestServer> server) {
    return new Site(server);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (server == null) {
      installation = Installation.create(Checkout.find());
    } else {
      database = server.get().newDatabase();
      installation = Installation.create(Checkout.find(), new StoreChoice.Mysql(database));
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Installation used = get();
    used.close();
    if (context.getExecutionException().isPresent()) {
      used.children().forEach(Site::show);
    } else {
      used.delete();
    }
    if (database != null) {
      database.close();
    }
  }

  Installation get() {
    return Objects.requireNonNull(installation);
  }

  private static void show(Child child) {
    var lines = child.lines();
    System.err.println("--- " + child.log());
    lines
        .subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())
        .forEach(System.err::println);
  }
}
