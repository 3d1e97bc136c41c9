package config

import (
	"fmt"
	"io"
	"net/url"
	"reflect"
	"strings"
)

// Print writes the effective settings, a line for each: the variable's name
// without its prefix, an equals sign, the value. Secrets are masked, except
// that database_url is given in full, for the operator's psql and pg_dump;
// databaseURL is that of the private server where we run one.
func (c Config) Print(w io.Writer, databaseURL string) error {
	c.DatabaseURL = databaseURL
	v := reflect.ValueOf(c)
	for i, variable := range Variables() {
		value := v.Field(i).String()
		if variable.Secret {
			value = mask(value)
		}
		name := strings.ToLower(strings.TrimPrefix(variable.Name, "ZHENGXIN_"))
		if _, err := fmt.Fprintf(w, "%s=%s\n", name, value); err != nil {
			return err
		}
	}
	return nil
}

const masked = "***"

// mask leaves of a URL what tells which server it is.
func mask(value string) string {
	if value == "" {
		return ""
	}
	u, err := url.Parse(value)
	if err != nil {
		return masked
	}
	out := u.Scheme + "://"
	if u.User != nil {
		out += u.User.Username() + ":" + masked + "@"
	}
	out += u.Host + u.EscapedPath()
	if u.RawQuery != "" {
		out += "?" + masked
	}
	return out
}
