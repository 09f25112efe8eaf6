package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"threadstance/report"
)

// store keeps records in another form than as lines of JSON.
type store interface {
	io.Writer // of records
	// finish adds what is known of the whole.
	finish(sys *system, page *report.Page) error
	discard()
}

// records returns what records are written to, and where that is no plain
// file, the store that it is; both are nil where the format has no records.
func (c *analyzeCommand) records(out *output) (io.Writer, store, error) {
	switch c.Format {
	case "jsonl":
		return out, nil, nil
	case "sqlite":
		if out.file == nil {
			return nil, nil, usagef("--format sqlite is a file of its own: name it with -o")
		}
		db, err := report.NewSQLite(out.file.Name())
		if err != nil {
			return nil, nil, fmt.Errorf("-o %s: %w", out.path, err)
		}
		s := sqliteStore{db}
		return s, s, nil
	case "parquet":
		if out.file == nil {
			return nil, nil, usagef("--format parquet is files of their own: name the one of the records with -o")
		}
		s := parquetStore{report.NewParquet(out), out.path}
		return s, s, nil
	}
	return nil, nil, nil
}

type sqliteStore struct{ *report.SQLite }

func (s sqliteStore) finish(_ *system, page *report.Page) error { return s.Finish(page) }
func (s sqliteStore) discard()                                  { s.Discard() }

type parquetStore struct {
	*report.Parquet
	path string
}

// finish ends the file of records, and writes each table to a file beside it,
// which is named after its keys: posts.parquet, posts.user.parquet.
func (s parquetStore) finish(sys *system, page *report.Page) error {
	if err := s.Finish(); err != nil {
		return err
	}
	for i := range page.Tables {
		t := &page.Tables[i]
		ending := filepath.Ext(s.path)
		path := strings.TrimSuffix(s.path, ending) + "." + strings.ReplaceAll(t.By.String(), ",", "-") + ending
		out, err := openOutput(sys, path)
		if err != nil {
			return err
		}
		defer out.discard()
		if err := report.ParquetTable(out, t); err != nil {
			return err
		}
		if err := out.commit(); err != nil {
			return err
		}
	}
	return nil
}

func (s parquetStore) discard() {}
