package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"syscall"

	"zhengxin/internal/fault"
)

// openDoor opens what a process that is started alone listens on: the socket that
// systemd hands over, so that the process itself needs no network
// (sd_listen_fds(3); deploy/), or else the address of the settings.
func openDoor(ctx context.Context, addr, variable string) (net.Listener, error) {
	if os.Getenv("LISTEN_PID") != strconv.Itoa(os.Getpid()) {
		return listen(ctx, addr, variable)
	}
	if n := os.Getenv("LISTEN_FDS"); n != "1" {
		return nil, fault.New(fault.Invalid, "systemd 交来 %[1]s 个套接字，应当是一个。systemd hands over %[1]s sockets; one is wanted.", n)
	}
	const first = 3
	syscall.CloseOnExec(first)
	f := os.NewFile(first, "systemd")
	defer f.Close()
	ln, err := net.FileListener(f)
	if err != nil {
		return nil, fmt.Errorf("the socket of systemd: %w", err)
	}
	return ln, nil
}

// listen opens the door before anything is started, so that a taken port is
// told at once.
func listen(ctx context.Context, addr, variable string) (net.Listener, error) {
	ln, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fault.New(fault.Conflict, "地址 %[1]s 已经有程序在用。请先停掉它，或用 %[2]s 换一个端口。"+
			"The address %[1]s is in use: stop that program, or set %[2]s.", addr, variable)
	case errors.Is(err, syscall.EACCES):
		return nil, fault.New(fault.Forbidden, "当前用户不能监听 %[1]s，请用 %[2]s 换一个大于 1024 的端口。"+
			"This user may not listen on %[1]s: set %[2]s to a port above 1024.", addr, variable)
	case err != nil:
		return nil, fmt.Errorf("listen on %s (%s): %w", addr, variable, err)
	}
	return ln, nil
}

// holdFolder lets one `zhengxin all` at a time use a data folder. The kernel
// gives the hold back when we die, however we die.
func holdFolder(dir string) (release func() error, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fault.New(fault.Forbidden, "建不了数据文件夹 %[1]s，请用 ZHENGXIN_DATA_DIR 换一个。"+
			"Cannot make the data folder %[1]s: set ZHENGXIN_DATA_DIR.", dir)
	}
	f, err := os.OpenFile(filepath.Join(dir, "all.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if errors.Is(err, os.ErrPermission) {
		return nil, fault.New(fault.Forbidden, "数据文件夹 %[1]s 属于另一个用户，请用原来的用户启动，或用 ZHENGXIN_DATA_DIR 换一个。"+
			"The data folder %[1]s belongs to another user: start as that user, or set ZHENGXIN_DATA_DIR.", dir)
	}
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fault.New(fault.Conflict, "数据文件夹 %[1]s 已经有一个 zhengxin all 在用，没有再启动一个。"+
			"Another zhengxin all is using the data folder %[1]s; a second one was not started.", dir), f.Close())
	}
	return f.Close, nil
}
