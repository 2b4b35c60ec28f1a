package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a store's connections come from. Shared by threads; every wait has a limit. */
interface Connections {

  /** For one transaction; close it to give it back. */
  Connection writing() throws SQLException;

  /** For one short read; close it to give it back. */
  Connection reading() throws SQLException;

  /** Closes a writing connection for good, which ends whatever it had begun. */
  void discard(Connection connection);
}
