// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "server/serverlimits.h"

#include <QHostAddress>
#include <QProcessEnvironment>
#include <QSslConfiguration>
#include <QStringList>

namespace Earshot {

/// How `earshotd` is to run. Each setting comes from the command line, else from the environment (EARSHOTD_LISTEN for
/// `listen`), else from the file that --config names, else from its default.
struct ServerConfig
{
    QString workspace;
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 8640;
    QString certificate; ///< PEM files; both or none
    QString key;
    QString secretsKey; ///< the key file of the channels' secrets; empty = the keychain
    QString publicUrl;
    QStringList origins;
    bool isBehindProxy = false;
    int connectionsPerAddress = ServerLimits().connectionsPerAddress;
    bool runsCourier = true;
    quint16 metricsPort = 0; ///< on loopback; 0 = none
    bool wantsHelp = false;
    bool wantsVersion = false;
};

/// @param words the program's arguments without its name
/// Errors: invalid, with what is wrong; notFound (the config file).
[[nodiscard]] Result<ServerConfig> readConfig(const QStringList &words, const QProcessEnvironment &environment);

[[nodiscard]] QString serverHelp();

/// TLS from the two PEM files: certificate with its chain, and key. Errors: io, invalid.
[[nodiscard]] Result<QSslConfiguration> loadTls(const QString &certificate, const QString &key);

} // namespace Earshot
