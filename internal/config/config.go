// Package config reads the settings of a process from its environment, once,
// and says everything that is wrong with them at once, in sentences for the
// person who starts it.
package config

import (
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"

	"github.com/caarlos0/env/v11"

	"zhengxin/internal/web"
)

// Config is every setting. The doc tag is the README's sentence; secret marks
// what `zhengxin config` masks.
type Config struct {
	DatabaseURL    string `env:"ZHENGXIN_DATABASE_URL" doc:"an existing PostgreSQL server; empty: a private one under the data folder"`
	DataDir        string `env:"ZHENGXIN_DATA_DIR" envDefault:"./var" doc:"the data folder"`
	KeyDir         string `env:"ZHENGXIN_KEY_DIR" doc:"folder of office.key and portal.key; empty: keys under the data folder"`
	BackupDir      string `env:"ZHENGXIN_BACKUP_DIR" doc:"folder of the daily backups and of the archived log, all encrypted; empty: backup under the data folder"`
	PortalAddr     string `env:"ZHENGXIN_PORTAL_ADDR" envDefault:"127.0.0.1:8080" doc:"where the public site listens"`
	AdminAddr      string `env:"ZHENGXIN_ADMIN_ADDR" envDefault:"127.0.0.1:8081" doc:"where the staff desk listens"`
	PortalURL      string `env:"ZHENGXIN_PORTAL_URL" doc:"the public site's address as people type it; empty: made from where it listens"`
	AdminURL       string `env:"ZHENGXIN_ADMIN_URL" doc:"the same of the desk"`
	TrustedProxies string `env:"ZHENGXIN_TRUSTED_PROXIES" doc:"addresses or networks of the proxies whose X-Forwarded-For is believed, with commas between"`
	SMTPURL        string `env:"ZHENGXIN_SMTP_URL" secret:"true" doc:"mail server (smtp://user:password@host:587, smtps://…); empty: letters stay in the desk's outbox and as .eml under the data folder"`
	MailFrom       string `env:"ZHENGXIN_MAIL_FROM" doc:"sender of the letters; needed with ZHENGXIN_SMTP_URL"`
	IMAPURL        string `env:"ZHENGXIN_IMAP_URL" secret:"true" doc:"mailbox for letters in (imaps://…); not read yet"`
	BlobURL        string `env:"ZHENGXIN_BLOB_URL" secret:"true" doc:"S3-compatible bucket for evidence (s3://…); not used yet"`
	Demo           string `env:"ZHENGXIN_DEMO" envDefault:"year" doc:"what a demonstration has: year, an office with a year of complaints behind it; or office, units and people alone"`
	LogFormat      string `env:"ZHENGXIN_LOG_FORMAT" envDefault:"text" doc:"text or json, to standard error"`

	proxies []netip.Prefix
}

// Read takes the settings from the environment of this process.
func Read() (Config, error) { return parse(env.ToMap(os.Environ())) }

func parse(environment map[string]string) (Config, error) {
	c, err := env.ParseAsWithOptions[Config](env.Options{Environment: environment})
	if err != nil {
		return Config{}, err // every field is a string: a mistake in the struct
	}
	c.trim()
	if c.DataDir, err = filepath.Abs(c.DataDir); err != nil {
		return Config{}, err
	}
	if c.KeyDir == "" {
		c.KeyDir = filepath.Join(c.DataDir, "keys")
	}
	if c.KeyDir, err = filepath.Abs(c.KeyDir); err != nil {
		return Config{}, err
	}
	if c.BackupDir == "" {
		c.BackupDir = filepath.Join(c.DataDir, "backup")
	}
	if c.BackupDir, err = filepath.Abs(c.BackupDir); err != nil {
		return Config{}, err
	}
	if c.PortalURL == "" {
		c.PortalURL = siteOf(c.PortalAddr)
	}
	if c.AdminURL == "" {
		c.AdminURL = siteOf(c.AdminAddr)
	}
	c.proxies, _ = web.ParseProxies(c.TrustedProxies) // faults says what is wrong with it
	return c, c.check()
}

// trim takes away the blanks that a copied line brings along.
func (c *Config) trim() {
	v := reflect.ValueOf(c).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); f.CanSet() && f.Kind() == reflect.String {
			f.SetString(strings.TrimSpace(f.String()))
		}
	}
}

// siteOf is the address to type for a listener; one on every address of the
// machine is reached at the machine itself.
func siteOf(addr string) string {
	switch {
	case strings.HasPrefix(addr, ":"):
		addr = "127.0.0.1" + addr
	case strings.HasPrefix(addr, "0.0.0.0:"):
		addr = "127.0.0.1" + strings.TrimPrefix(addr, "0.0.0.0")
	case strings.HasPrefix(addr, "[::]:"):
		addr = "[::1]" + strings.TrimPrefix(addr, "[::]")
	}
	return "http://" + addr
}

// Proxies are the peers whose X-Forwarded-For is believed.
func (c Config) Proxies() []netip.Prefix { return c.proxies }

// Private says that the database is our own server under the data folder.
func (c Config) Private() bool { return c.DatabaseURL == "" }

// DatabaseDir is the folder of the private server.
func (c Config) DatabaseDir() string { return filepath.Join(c.DataDir, "postgres") }

// HeadsDir is where the worker keeps, day by day, how far each chain has come.
func (c Config) HeadsDir() string { return filepath.Join(c.DataDir, "heads") }

// MailDir is where letters are kept as files while there is no mail server.
func (c Config) MailDir() string { return filepath.Join(c.DataDir, "mail") }

// Variable is one setting as the README lists it.
type Variable struct {
	Name    string
	Default string
	Doc     string
	Secret  bool
}

// Variables are all settings in the order of the struct.
func Variables() []Variable {
	t := reflect.TypeFor[Config]()
	var all []Variable
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		if name, ok := tag.Lookup("env"); ok {
			all = append(all, Variable{name, tag.Get("envDefault"), tag.Get("doc"), tag.Get("secret") == "true"})
		}
	}
	return all
}
