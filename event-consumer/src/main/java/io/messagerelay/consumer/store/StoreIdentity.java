package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The table {@code store_identity}: the store's name. */
final class StoreIdentity {
  private StoreIdentity() {}

  static String of(Connections connections) throws SQLException {
    try (Connection connection = connections.reading();
        PreparedStatement select =
            connection.prepareStatement("SELECT store_id FROM store_identity WHERE one = 1");
        ResultSet identity = select.executeQuery()) {
      identity.next();
      return identity.getString(1);
    }
  }
}
