# What a person types. "make" alone lists it.
.DEFAULT_GOAL := help
.PHONY: help up down restart logs status clean prune run test test-mysql test-browser simulate prove bench build clean-build

JARS := event-consumer/target/quarkus-app/quarkus-run.jar event-propagator/target/event-propagator.jar
SOURCES := $(shell find pom.xml */pom.xml */src -type f)
BUILT := $(if $(word 2,$(wildcard $(JARS))),target/built,build)

# The tests' results line by line, and nothing else but warnings.
ONLY_TESTS := -Dorg.slf4j.simpleLogger.defaultLogLevel=warn \
  -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.surefire=info \
  -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugin.failsafe=info

# Those that any server passes; the others start, stop and fill servers of their own.
MYSQL_TESTS := -pl event-consumer,event-propagator,system-tests -am -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  '-Dtest=Mysql*Test,PythonEvent*Test,!MysqlServerFaultsTest,!MysqlFullDiskTest,!MysqlTlsTest,!MysqlOutboxFaultsTest' \
  '-Dit.test=MysqlRelayIT,TwoConsumersIT,OutboxIT\#*mysql*'

help: ## list these targets
	@awk -F ':.*## ' '/^##/ { print substr($$0, 4) } /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

## In containers; needs Docker with Compose 2:

up: ## make .env, build the images, start both services and MySQL, and wait until all are healthy
	@bin/compose up

down: ## stop them; what is stored and what waits stays
	@bin/compose down

restart: ## stop them and start them again, with what has changed in .env
	@bin/compose restart

logs: ## follow what they say
	@bin/compose logs

status: ## their health and their books, then what they say
	@bin/compose status

clean: ## remove containers, images, and all that is stored; asks before, unless YES=1
	@bin/compose clean

prune: ## remove the images that newer ones have replaced
	@bin/compose prune

## On this machine; needs a JDK 25 and Maven:

run: $(BUILT) ## build what has changed, then both services on the embedded store, until Ctrl-C
	@bin/run

test: ## every test; the last line is the count
	@echo "Building and running every test; this takes some minutes."
	@rm -rf */target/surefire-reports */target/failsafe-reports system-tests/browser/target
	@mkdir -p target && touch target/begun
	@status=0; bin/maven --threads 2 --fail-at-end $(ONLY_TESTS) verify && mv target/begun target/built || status=$$?; \
	  echo; bin/count-tests "$$status"

test-mysql: ## the store's and the outbox's tests on the server of TEST_MYSQL_URL, as mysql://user:password@host:port/
	@rm -rf */target/surefire-reports */target/failsafe-reports system-tests/browser/target
	@status=0; bin/maven $(ONLY_TESTS) $(MYSQL_TESTS) verify || status=$$?; echo; bin/count-tests "$$status"

test-browser: $(BUILT) ## the pages in a real browser; needs Chromium or Chrome
	@rm -rf system-tests/browser/target
	@status=0; bin/maven $(ONLY_TESTS) -Pbrowser -pl system-tests/browser verify || status=$$?; echo; bin/count-tests "$$status" system-tests/browser

simulate: ## thousands of lives of the relay in virtual time, with every fault; SEEDS says how many, SEED which one
	@bin/maven $(ONLY_TESTS) -pl event-propagator -am -Dtest=RelaySimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dsimulation.first=$(or $(SEED),1) -Dsimulation.seeds=$(or $(SEEDS),$(if $(SEED),1,10000)) test

prove: $(BUILT) ## kill both services at random moments and count what is lost or doubled (a minute or two); STORE=mysql kills a database server too; FAULTS=yes lets requests and answers fail and lie; EVENTS, SOURCE=replay or outbox
	@bin/prove $(if $(STORE),--store $(STORE)) $(if $(EVENTS),--events $(EVENTS)) $(if $(SOURCE),--source $(SOURCE)) $(if $(FAULTS),--faults)

bench: build ## measure both services and write docs/performance.md (takes long); QUICK=1 only shows that it works
	@bin/bench $(if $(QUICK),--quick)

build: ## both services, without tests
	@echo "Building both services; the first time Maven fetches its libraries, which takes some minutes."
	@bin/maven -q -DskipTests package
	@bin/train-aot
	@mkdir -p target && touch target/built

target/built: $(SOURCES)
	@$(MAKE) --no-print-directory build

clean-build: ## remove what was built; never data or settings
	@rm -rf target */target */*/target
