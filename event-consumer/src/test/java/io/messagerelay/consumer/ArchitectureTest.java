package io.messagerelay.consumer;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.messagerelay.consumer.store.HourCount;
import io.messagerelay.consumer.store.Refusal;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The arrows between the packages: events move from http to store, nothing looks back. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.messagerelay");

  /** Where time and chance come from, whether called or referred to. */
  private static final Set<String> ROOTS_ONLY =
      Set.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.Math.random",
          "java.time.Instant.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.InstantSource.system",
          "java.util.Random.<init>",
          "java.util.SplittableRandom.<init>",
          "java.security.SecureRandom.<init>",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of");

  @Test
  void packages_know_only_those_behind_them() {
    layers()
        .whereLayer("app")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("console")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("console")
        .mayOnlyAccessLayers("http")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("app", "console")
        .whereLayer("http")
        .mayOnlyAccessLayers(
            "auth",
            "intake",
            "limit",
            "log",
            "tail",
            "overview",
            "query",
            "refusal",
            "retention",
            "stats",
            "store",
            "contract",
            "base")
        .whereLayer("tail")
        .mayOnlyAccessLayers("query", "store", "contract")
        .whereLayer("intake")
        .mayOnlyAccessLayers("store", "contract")
        .whereLayer("query")
        .mayOnlyAccessLayers("store", "contract")
        .whereLayer("stats")
        .mayOnlyAccessLayers("query", "store", "contract")
        .whereLayer("retention")
        .mayOnlyAccessLayers("query", "store", "contract")
        .whereLayer("auth")
        .mayOnlyAccessLayers("limit", "store", "contract")
        .whereLayer("limit")
        .mayNotAccessAnyLayer()
        .whereLayer("store")
        .mayOnlyAccessLayers("contract", "base")
        .whereLayer("overview")
        .mayNotAccessAnyLayer()
        .whereLayer("log")
        .mayNotAccessAnyLayer()
        .whereLayer("refusal")
        .mayOnlyAccessLayers("query", "store")
        .whereLayer("schema")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("schema")
        .mayOnlyAccessLayers("contract")
        .check(OURS);
  }

  private static LayeredArchitecture layers() {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.messagerelay..")
            .layer("contract")
            .definedBy("io.messagerelay.contract..")
            .layer("base")
            .definedBy("io.messagerelay.base..");
    for (String name :
        Set.of(
            "app",
            "console",
            "http",
            "auth",
            "intake",
            "tail",
            "limit",
            "log",
            "overview",
            "query",
            "refusal",
            "retention",
            "schema",
            "stats",
            "store")) {
      layers = layers.layer(name).definedBy("io.messagerelay.consumer." + name + "..");
    }
    return layers;
  }

  /** The edge shows what was stored and says when that fails; it asks the query and the intake. */
  @Test
  void the_edge_knows_what_was_stored_and_not_the_store() {
    noClasses()
        .that()
        .resideInAPackage("io.messagerelay.consumer.http..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.messagerelay.consumer.store..")
                .and(
                    not(
                        type(StoredEvent.class)
                            .or(type(HourCount.class))
                            .or(type(Refusal.class))
                            .or(type(Refusal.Kept.class))
                            .or(type(StoreException.class)))))
        .check(OURS);
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("io.messagerelay.consumer.(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void the_framework_is_known_at_the_edge_and_the_root_alone() {
    noClasses()
        .that()
        .resideInAPackage("io.messagerelay..")
        .and()
        .resideOutsideOfPackages(
            "io.messagerelay.consumer.http..",
            "io.messagerelay.consumer.console..",
            "io.messagerelay.consumer.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..", "io.smallrye..")
        .check(OURS);
  }

  @Test
  void databases_are_known_to_the_store_alone() {
    noClasses()
        .that()
        .resideInAPackage("io.messagerelay.consumer..")
        .and()
        .resideOutsideOfPackage("io.messagerelay.consumer.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "com.zaxxer..")
        .check(OURS);
  }

  @Test
  void the_validator_is_known_to_the_schemas_alone() {
    noClasses()
        .that()
        .resideInAPackage("io.messagerelay..")
        .and()
        .resideOutsideOfPackage("io.messagerelay.consumer.schema..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.networknt..", "com.fasterxml.jackson.databind..")
        .check(OURS);
  }

  @Test
  void clocks_and_randomness_come_from_the_root() {
    noClasses()
        .that()
        .resideInAPackage("io.messagerelay.consumer..")
        .and()
        .resideOutsideOfPackage("io.messagerelay.consumer.app..")
        .should()
        .accessTargetWhere(takesTimeOrChance())
        .check(OURS);
  }

  private static DescribedPredicate<JavaAccess<?>> takesTimeOrChance() {
    return describe("takes time or chance", call -> ROOTS_ONLY.contains(name(call.getTarget())));
  }

  private static String name(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }
}
