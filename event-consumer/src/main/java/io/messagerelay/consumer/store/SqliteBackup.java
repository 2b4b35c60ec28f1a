package io.messagerelay.consumer.store;

import io.messagerelay.base.DatabaseFile;
import io.messagerelay.base.NewFile;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Backs up an embedded store while consumers use it, and puts a backup in the place of one that
 * nobody uses. A copy has its name when it is whole, proved and on disk, and not before.
 */
public final class SqliteBackup {
  private SqliteBackup() {}

  /**
   * @param storeId the store that it was made of
   */
  public record Made(StoreStatus holds, String storeId) {}

  /**
   * @param storeId the store's name from now on
   * @param aside where the store is that was there before; empty when there was none
   */
  public record Restored(StoreStatus holds, String storeId, Optional<Path> aside) {}

  /**
   * Copies the store as it is at one moment after the call: every event that was answered for
   * before is in it. A crash leaves a file that ends in {@code .part}.
   *
   * @throws StoreOpeningException when there is no store, or it cannot be copied
   * @throws FileAlreadyExistsException when {@code to} is there
   */
  public static Made backUp(Path store, Path to, CopyProgress progress)
      throws StoreOpeningException, IOException {
    String name = "STORE_FILE " + store;
    requireReadable(store, name, "there is no store yet; event-consumer run makes one");
    try (NewFile copy = NewFile.make(to)) {
      try (Connection from = SqliteCopy.toCopy(store)) {
        SqliteCopy.requireStore(from, name);
        SqliteCopy.copy(from, copy.part(), progress);
      }
      Made made;
      try (Connection written = SqliteCopy.toCopy(copy.part())) {
        SqliteCopy.mark(written);
        made = new Made(SqliteCopy.prove(written, copy.part()), StoreIdentity.of(written));
      }
      copy.finish();
      return made;
    } catch (SQLException e) {
      throw failed(name, e);
    }
  }

  /**
   * Makes a store of a backup and puts it where the store is to be. It gets a name of its own, so
   * that cursors of before are refused, and has no refresh tokens. The backup stays as it is. A
   * crash leaves the store that was there, or, between two renames, none and that one aside; the
   * same call again goes on.
   *
   * @param replace whether a store that is there is put aside; otherwise it is refused
   * @throws StoreOpeningException when the backup is no store, or of a newer version
   * @throws StoreInUseException when another process has the store open, or is opening it
   * @throws FileAlreadyExistsException when there is a store that may not be replaced
   */
  public static Restored restore(Path backup, Path store, boolean replace, CopyProgress progress)
      throws StoreOpeningException, StoreInUseException, IOException {
    requireReadable(backup, backup.toString(), "there is no such file");
    Files.createDirectories(store.toAbsolutePath().getParent(), SqliteStore.OWNERS_FOLDER);
    if (Files.exists(store) && Files.isSameFile(backup, store)) {
      throw new StoreOpeningException(backup + ": is the store itself; name a backup of it");
    }
    var target = new DatabaseFile(store);
    try (StoreTurn _ = takeUnused(target)) {
      if (target.isThere() && !replace) {
        throw new FileAlreadyExistsException(store.toString());
      }
      return restore(backup, target, progress);
    }
  }

  private static Restored restore(Path backup, DatabaseFile target, CopyProgress progress)
      throws StoreOpeningException, IOException {
    try (NewFile copy = NewFile.beside(target.path())) {
      try (Connection from = SqliteCopy.toRestore(backup)) {
        SqliteCopy.requireStore(from, backup.toString());
        SqliteCopy.copy(from, copy.part(), progress);
      }
      StoreStatus holds;
      String id;
      try (Connection written = SqliteCopy.toCopy(copy.part())) {
        id = SqliteCopy.becomeItself(written);
        holds = SqliteCopy.prove(written, copy.part());
      }
      Optional<Path> aside =
          target.isThere() ? Optional.of(target.putAside(target.path())) : Optional.empty();
      copy.finish();
      return new Restored(holds, id, aside);
    } catch (SQLException e) {
      throw failed(backup.toString(), e);
    }
  }

  /**
   * Gives a store that was put back by other means a name of its own, and drops its refresh tokens.
   * Returns the name.
   *
   * @throws StoreInUseException as {@link #restore}
   */
  public static String renew(Path store)
      throws StoreOpeningException, StoreInUseException, IOException {
    String name = "STORE_FILE " + store;
    requireReadable(store, name, "there is no store yet; event-consumer run makes one");
    try (StoreTurn _ = takeUnused(new DatabaseFile(store));
        Connection connection = SqliteCopy.toCopy(store)) {
      SqliteCopy.requireStore(connection, name);
      return SqliteCopy.becomeItself(connection);
    } catch (SQLException e) {
      throw failed(name, e);
    }
  }

  private static StoreTurn takeUnused(DatabaseFile store) throws StoreInUseException, IOException {
    StoreTurn turn =
        StoreTurn.tryTake(store.path())
            .orElseThrow(
                () ->
                    new StoreInUseException(
                        "STORE_FILE %s: an event-consumer is opening it; stop it first"
                            .formatted(store.path())));
    try {
      if (store.isOpenElsewhere()) {
        throw new StoreInUseException(
            "STORE_FILE %s: another process has it open; stop event-consumer first"
                .formatted(store.path()));
      }
      return turn;
    } catch (StoreInUseException | IOException e) {
      turn.close();
      throw e;
    }
  }

  private static void requireReadable(Path file, String name, String missing)
      throws StoreOpeningException, IOException {
    if (Files.isDirectory(file)) {
      throw new StoreOpeningException(name + ": is a folder");
    }
    try {
      if (Files.size(file) == 0) {
        throw new StoreOpeningException(name + ": " + missing);
      }
    } catch (NoSuchFileException e) {
      throw new StoreOpeningException(name + ": " + missing, e);
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
  }

  private static StoreOpeningException failed(String name, SQLException e) {
    return new StoreOpeningException(
        name
            + (SqliteStore.isForeign(e)
                ? ": is no store of event-consumer"
                : ": cannot be copied: " + e.getMessage()),
        e);
  }
}
