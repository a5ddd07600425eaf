// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/serverconfig.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>
#include <QUrl>

#include <algorithm>
#include <array>
#include <optional>

namespace Earshot {

namespace {

struct ServerSetting
{
    const char *name;
    const char *value; ///< what stands for it in the help; null = a switch
    const char *help;
};

constexpr auto settings = std::to_array<ServerSetting>({
    {"listen", "ADDRESS:PORT", "where to listen; without it 127.0.0.1:8640. Beyond loopback only with TLS"},
    {"tls-certificate", "FILE", "PEM: the certificate with its chain"},
    {"tls-key", "FILE", "PEM: its key. Both files are read again on SIGHUP"},
    {"key-file", "FILE", "key of the encrypted secrets beside it; without it the system's keychain"},
    {"public-url", "URL", "what clients reach this server by; without it what they ask for"},
    {"allow-origin", "ORIGIN[,ORIGIN]", "web pages of these origins may call; without it none"},
    {"behind-proxy", nullptr, "believe the X-Forwarded- headers of a reverse proxy on this machine"},
    {"connections-per-address", "NUMBER", "at once, beyond loopback; 0 = any number, without it 256"},
    {"no-courier", nullptr, "serve only: neither pull nor send"},
    {"metrics-port", "PORT", "tell Prometheus what happens, on 127.0.0.1 only"},
    {"config", "FILE", "a file of lines \"name = value\" with these settings; # begins a comment"},
});

const ServerSetting *settingNamed(const QString &name)
{
    const auto found = std::find_if(settings.begin(), settings.end(), [&name](const ServerSetting &setting) {
        return name == QLatin1StringView(setting.name);
    });
    return found == settings.end() ? nullptr : found;
}

using Values = QHash<QString, QString>;

Result<Values> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::notFound, path + QStringLiteral(": ") + file.errorString());
    Values values;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line : lines) {
        const QString text = line.trimmed();
        if (text.isEmpty() || text.startsWith(u'#'))
            continue;
        const QString name = text.section(u'=', 0, 0).trimmed();
        if ((!settingNamed(name) && name != QLatin1StringView("workspace")) || !text.contains(u'='))
            return fail(ErrorKind::invalid, QStringLiteral("%1: \"%2\" is no setting").arg(path, text));
        values.insert(name, text.section(u'=', 1).trimmed());
    }
    return values;
}

Result<Values> readWords(const QStringList &words)
{
    Values values;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words[i];
        if (word == QLatin1StringView("--help") || word == QLatin1StringView("--version")) {
            values.insert(word.mid(2), QStringLiteral("yes"));
            continue;
        }
        if (!word.startsWith(QLatin1StringView("--"))) {
            if (values.contains(QStringLiteral("workspace")))
                return fail(ErrorKind::invalid, QStringLiteral("one workspace, not also \"%1\"").arg(word));
            values.insert(QStringLiteral("workspace"), word);
            continue;
        }
        const QString name = word.mid(2).section(u'=', 0, 0);
        const ServerSetting *setting = settingNamed(name);
        if (!setting)
            return fail(ErrorKind::invalid, QStringLiteral("there is no option --%1; see earshotd --help").arg(name));
        if (word.contains(u'='))
            values.insert(name, word.section(u'=', 1));
        else if (!setting->value)
            values.insert(name, QStringLiteral("yes"));
        else if (i + 1 < words.size())
            values.insert(name, words[++i]);
        else
            return fail(ErrorKind::invalid,
                        QStringLiteral("--%1 needs %2").arg(name, QLatin1StringView(setting->value)));
    }
    return values;
}

Values readEnvironment(const QProcessEnvironment &environment)
{
    Values values;
    const auto take = [&values, &environment](const QString &name) {
        const QString variable = QStringLiteral("EARSHOTD_") + QString(name).replace(u'-', u'_').toUpper();
        if (environment.contains(variable))
            values.insert(name, environment.value(variable));
    };
    take(QStringLiteral("workspace"));
    for (const ServerSetting &setting : settings)
        take(QString::fromLatin1(setting.name));
    return values;
}

bool readPort(const QString &text, quint16 least, quint16 &port)
{
    bool isNumber = false;
    const uint number = text.toUInt(&isNumber);
    if (!isNumber || number > 65535 || number < least)
        return false;
    port = quint16(number);
    return true;
}

bool readCount(const QString &text, int &count)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber || number < 0)
        return false;
    count = number;
    return true;
}

/// "127.0.0.1:8640", "[::1]:8640"
Done readListen(const QString &text, ServerConfig &config)
{
    const qsizetype colon = text.lastIndexOf(u':');
    QString address = text.left(colon);
    if (address.startsWith(u'[') && address.endsWith(u']'))
        address = address.mid(1, address.size() - 2);
    if (address == QLatin1StringView("localhost"))
        address = QStringLiteral("127.0.0.1");
    if (colon < 0 || !config.address.setAddress(address) || !readPort(text.mid(colon + 1), 0, config.port))
        return fail(ErrorKind::invalid, QStringLiteral("--listen takes an address and a port, not \"%1\"").arg(text));
    return {};
}

Done readPublicUrl(const QString &text, ServerConfig &config)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isFine = url.isValid() && !url.host().isEmpty() && !url.hasQuery() && !url.hasFragment() &&
                        (url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http"));
    if (!isFine)
        return fail(ErrorKind::invalid,
                    QStringLiteral("--public-url takes an address of the web, not \"%1\"").arg(text));
    config.publicUrl = url.toString(QUrl::StripTrailingSlash);
    return {};
}

/// Of a setting that is on or off.
Done readSwitch(const Values &values, const char *name, bool &isOn)
{
    static const QStringList on{QStringLiteral("yes"), QStringLiteral("true"), QStringLiteral("on"),
                                QStringLiteral("1")};
    static const QStringList off{QStringLiteral("no"), QStringLiteral("false"), QStringLiteral("off"),
                                 QStringLiteral("0"), QString()};
    const QString text = values.value(QString::fromLatin1(name)).toLower();
    isOn = on.contains(text);
    if (!isOn && !off.contains(text))
        return fail(ErrorKind::invalid,
                    QStringLiteral("%1 is yes or no, not \"%2\"").arg(QLatin1StringView(name), text));
    return {};
}

Result<ServerConfig> understand(const Values &values)
{
    ServerConfig config;
    const auto value = [&values](const char *name) { return values.value(QString::fromLatin1(name)); };
    bool hasNoCourier = false;
    for (const auto &[name, isOn] : {std::pair("behind-proxy", &config.isBehindProxy),
                                     {"no-courier", &hasNoCourier},
                                     {"help", &config.wantsHelp},
                                     {"version", &config.wantsVersion}}) {
        if (Done done = readSwitch(values, name, *isOn); !done)
            return tl::unexpected(done.error());
    }
    config.runsCourier = !hasNoCourier;
    config.workspace = value("workspace");
    config.certificate = value("tls-certificate");
    config.key = value("tls-key");
    config.secretsKey = value("key-file");
    config.origins = value("allow-origin").split(u',', Qt::SkipEmptyParts);
    if (!value("listen").isEmpty()) {
        if (Done done = readListen(value("listen"), config); !done)
            return tl::unexpected(done.error());
    }
    if (!value("public-url").isEmpty()) {
        if (Done done = readPublicUrl(value("public-url"), config); !done)
            return tl::unexpected(done.error());
    }
    if (!value("metrics-port").isEmpty() && !readPort(value("metrics-port"), 1, config.metricsPort))
        return fail(ErrorKind::invalid, QStringLiteral("--metrics-port takes a port"));
    if (!value("connections-per-address").isEmpty() &&
        !readCount(value("connections-per-address"), config.connectionsPerAddress))
        return fail(ErrorKind::invalid, QStringLiteral("--connections-per-address takes a number, 0 or more"));
    if (config.certificate.isEmpty() != config.key.isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("TLS needs --tls-certificate and --tls-key"));
    if (config.workspace.isEmpty() && !config.wantsHelp && !config.wantsVersion)
        return fail(ErrorKind::invalid, QStringLiteral("which workspace? See earshotd --help"));
    return config;
}

} // namespace

Result<ServerConfig> readConfig(const QStringList &words, const QProcessEnvironment &environment)
{
    const Result<Values> given = readWords(words);
    if (!given)
        return tl::unexpected(given.error());
    Values values = readEnvironment(environment);
    values.insert(*given);
    if (const QString file = values.value(QStringLiteral("config")); !file.isEmpty()) {
        Result<Values> all = readFile(file);
        if (!all)
            return tl::unexpected(all.error());
        all->insert(values);
        values = *all;
    }
    return understand(values);
}

QString serverHelp()
{
    QString text = QStringLiteral("earshotd WORKSPACE [OPTION...]\n\nServes a workspace to a team.\n\n");
    for (const ServerSetting &setting : settings) {
        QString left = QStringLiteral("  --") + QLatin1StringView(setting.name);
        if (setting.value)
            left += u' ' + QString(QLatin1StringView(setting.value));
        text += left.leftJustified(34) + u' ' + QLatin1StringView(setting.help) + u'\n';
    }
    return text + QStringLiteral("\nEach option may also stand in the environment: EARSHOTD_LISTEN and so on.\n");
}

Result<QSslConfiguration> loadTls(const QString &certificate, const QString &key)
{
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(certificate, QSsl::Pem);
    if (chain.isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("%1 holds no certificate").arg(certificate));
    QFile file(key);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::io, key + QStringLiteral(": ") + file.errorString());
    const QByteArray pem = file.readAll();
    QSslKey privateKey;
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (privateKey.isNull())
            privateKey = QSslKey(pem, algorithm);
    }
    if (privateKey.isNull())
        return fail(ErrorKind::invalid, QStringLiteral("%1 holds no key that can be used").arg(key));
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setLocalCertificateChain(chain);
    tls.setPrivateKey(privateKey);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    return tls;
}

} // namespace Earshot
