/**
 * Finds Temporal's time-skipping test server: in Baton's cache, by the SDK's download, or built from its
 * Java module by Maven.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { cachePath, fillCache, isExecutable } from './cache.js';
import { onPath, runTool, type Say } from './command.js';
import { sdkDownload } from './sdk-download.js';

const version = '1.38.0';
/** Without this module the server prints a warning that there is no logger. */
const silentLogger = '1.7.36';

/**
 * The server runs for minutes only: optimised compilation and parallel garbage collection cost more than
 * they save.
 */
const quickStart = '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC';

/** Folder in Baton's cache. */
export const testServerFolder = `temporal-test-server-${version}-quick`;

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>baton</groupId><artifactId>test-server</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId>
    <version>${version}</version>
  </dependency><dependency>
    <groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>${silentLogger}</version>
  </dependency></dependencies>
</project>
`;

/** Path of a program that takes a port as its argument. */
export async function findTestServer(say: Say): Promise<string> {
  const folder = cachePath(testServerFolder);
  const program = join(folder, 'test-server');
  if (await isExecutable(program)) {
    say('Test server: from Baton’s cache');
    return program;
  }
  const start = TestWorkflowEnvironment.createTimeSkipping.bind(TestWorkflowEnvironment);
  const downloaded = await sdkDownload({ name: 'Test server', version: 'default', start }, say);
  if (downloaded) return downloaded;
  for (const tool of ['java', 'mvn']) {
    if (!onPath(tool)) throw new Error(`The test server needs ${tool} on PATH (a JDK and Maven).`);
  }
  say('Test server: fetching it with Maven, once: up to a minute');
  await fillCache(folder, (into) => fetchJars(into, folder));
  return program;
}

async function fetchJars(into: string, finallyIn: string): Promise<void> {
  await mkdir(join(into, 'jars'));
  await writeFile(join(into, 'pom.xml'), pom);
  const copy = ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime'];
  await runTool('mvn', [...copy, `-DoutputDirectory=${join(into, 'jars')}`], { cwd: into });
  const jars = join(finallyIn, 'jars', '*');
  const start = `exec java ${quickStart} -cp "${jars}" io.temporal.testserver.TestServer "$@"`;
  await writeFile(join(into, 'test-server'), `#!/bin/sh\n${start}\n`);
  await chmod(join(into, 'test-server'), 0o755);
}
