package staff

import (
	"crypto/rand"
	_ "embed"
	"fmt"
	"io"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"
)

// commonPasswords are the ones that guessers try first, Chinese favourites
// among them, one to a line in lower case.
//
//go:embed passwords.txt
var commonPasswords string

const (
	passwordMin = 8
	passwordMax = 128
)

// barePassword is a password without the blanks and invisible signs around it: they come
// with copying, nobody sees them, and nobody means them.
func barePassword(typed string) string {
	return strings.TrimFunc(typed, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) && r != 0 || unicode.Is(unicode.Cf, r)
	})
}

// passwordFault says what is wrong with a new password, empty when nothing is.
// There are no rules of composition: they make people write passwords down
// (ASVS 6.2.5).
func passwordFault(password, login string) string {
	password = barePassword(password)
	folded := foldLogin(password)
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return "密码里有不能用的字符，请换一个"
	case n < passwordMin:
		return "密码至少 8 个字，可以用一句话"
	case n > passwordMax:
		return "密码最多 128 个字"
	case folded == foldLogin(login):
		return "密码不能和登录名一样"
	case isCommon(folded):
		return "这个密码太常见，一猜就中，请换一个"
	}
	return ""
}

func isCommon(folded string) bool {
	for line := range strings.Lines(commonPasswords) {
		if strings.TrimSpace(line) == folded {
			return true
		}
	}
	first, _ := utf8.DecodeRuneInString(folded)
	return strings.Trim(folded, string(first)) == "" // one sign over and over
}

// signs of a password: none that is taken for another.
const signs = "abcdefghjkmnpqrstuvwxyz23456789"

// RandomPassword is fourteen signs in three groups, 69 bits of chance.
func RandomPassword(random io.Reader) (string, error) {
	password := []byte("xxxx-xxxxx-xxxxx")
	for i, c := range password {
		if c == '-' {
			continue
		}
		n, err := rand.Int(random, big.NewInt(int64(len(signs))))
		if err != nil {
			return "", fmt.Errorf("password: %w", err)
		}
		password[i] = signs[n.Int64()]
	}
	return string(password), nil
}
