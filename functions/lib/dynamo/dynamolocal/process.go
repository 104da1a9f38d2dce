package dynamolocal

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

const version = "3.3.1"

// pom asks Maven for DynamoDB Local with everything that it needs.
const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>latchkey</groupId><artifactId>dynamodb-local</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>` + version + `</version>
  </dependency></dependencies>
</project>
`

// fetch gives the folder of DynamoDB Local's jars, and fills it the first time.
// Several test binaries may do so at once: each fills a folder of its own, and
// the first to finish gives it its name.
func fetch(root string) (string, error) {
	if _, err := exec.LookPath("java"); err != nil {
		return "", errors.New("java is missing: the storage tests need Java 17 or later")
	}
	home := filepath.Join(root, ".local", "dynamodb-local")
	lib := filepath.Join(home, version)
	if _, err := os.Stat(lib); err == nil {
		return lib, nil
	}
	if _, err := exec.LookPath("mvn"); err != nil {
		return "", errors.New("mvn is missing: the storage tests fetch DynamoDB Local with Maven")
	}
	if err := os.MkdirAll(home, 0o755); err != nil {
		return "", err
	}
	work, err := os.MkdirTemp(home, "fetching-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := os.WriteFile(filepath.Join(work, "pom.xml"), []byte(pom), 0o644); err != nil {
		return "", err
	}
	jars := filepath.Join(work, "jars")
	mvn := exec.Command("mvn", "-q", "-B", "-f", filepath.Join(work, "pom.xml"), "dependency:copy-dependencies",
		"-DincludeScope=runtime", "-DoutputDirectory="+jars)
	if out, err := mvn.CombinedOutput(); err != nil {
		return "", fmt.Errorf("fetching it with Maven: %w\n%s", err, out)
	}
	if err := os.Rename(jars, lib); err != nil {
		if _, there := os.Stat(lib); there != nil {
			return "", err
		}
	}
	return lib, nil
}

// holder runs a program and kills it as soon as its own standard input closes,
// which the end of the test binary sees to, however that comes about.
const holder = `exec 3<&0; "$@" & program=$!; (read -r _ <&3; kill $program) & wait $program`

// launch starts DynamoDB Local in memory.
func launch(lib string) (endpoint string, err error) {
	for range 3 { // another program may take the free port first
		var port int
		if port, err = freePort(); err != nil {
			return "", err
		}
		endpoint = fmt.Sprintf("http://127.0.0.1:%d", port)
		if err = launchOn(port, lib, endpoint); err == nil {
			return endpoint, nil
		}
	}
	return "", err
}

func launchOn(port int, lib, endpoint string) error {
	var said bytes.Buffer
	cmd := exec.Command("sh", "-c", holder, "dynamodb-local", "java", "-Djava.library.path="+lib, "-cp", lib+"/*",
		"software.amazon.dynamodb.services.local.main.ServerRunner",
		"-inMemory", "-disableTelemetry", "-port", strconv.Itoa(port))
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &said, &said, time.Second
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	// Waiting also keeps the shell's standard input open as long as this binary runs.
	go func() { ended <- cmd.Wait(); close(ended) }()
	if err := answers(endpoint, ended); err != nil {
		stdin.Close()
		<-ended
		return fmt.Errorf("%w\n%s", err, said.String())
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// answers waits until an endpoint speaks HTTP, or its program has ended.
func answers(endpoint string, ended <-chan error) error {
	deadline := time.After(30 * time.Second)
	for {
		res, err := (&http.Client{Timeout: time.Second}).Get(endpoint)
		if err == nil {
			return res.Body.Close()
		}
		select {
		case <-ended:
			return errors.New("it ended at once")
		case <-deadline:
			return fmt.Errorf("it did not answer within 30 s: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}
