"""Say by the exit code whether the database at an address answers."""

import sys

import psycopg

if __name__ == "__main__":
    try:
        psycopg.connect(sys.argv[1], connect_timeout=3).close()
    except psycopg.Error as error:
        sys.exit(str(error))
