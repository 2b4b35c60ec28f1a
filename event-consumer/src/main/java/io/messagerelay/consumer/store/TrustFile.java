package io.messagerelay.consumer.store;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.messagerelay.base.TrustedCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;

/** Certificates that are trusted, as the driver reads them. */
final class TrustFile {
  private final Path file;

  private TrustFile(Path file) {
    this.file = file;
  }

  /**
   * @param pem one certificate or more
   */
  static TrustFile of(Path pem) throws StoreOpeningException {
    try {
      return new TrustFile(TrustedCertificates.keyStore(pem));
    } catch (IOException | GeneralSecurityException e) {
      throw new StoreOpeningException(
          "MYSQL_TLS_CA " + pem + ": cannot be read as certificates in PEM (" + e + ")", e);
    }
  }

  void applyTo(MysqlDataSource source) throws SQLException {
    source.setTrustCertificateKeyStoreUrl(file.toUri().toString());
    source.setTrustCertificateKeyStoreType(TrustedCertificates.TYPE);
    source.setTrustCertificateKeyStorePassword(TrustedCertificates.PASSWORD);
    source.setFallbackToSystemTrustStore(false);
  }
}
