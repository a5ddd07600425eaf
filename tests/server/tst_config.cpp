// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/serverconfig.h"

#include <QFile>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTemporaryFile>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// What earshotd is told by its file, the environment and options.
class ConfigTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sampleConfigHasEverySetting();
    void switchesHaveValues();
    void connectionsOfAnAddressAreANumber();
};

void ConfigTest::sampleConfigHasEverySetting()
{
    QFile sample(str(EARSHOT_SOURCE_DIR "/packaging/earshotd.conf"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    QStringList plain;
    QStringList given;
    static const QRegularExpression line(str("^(# )?([a-z-]+) = (\\S.*)$"));
    for (const QString &text : QString::fromUtf8(sample.readAll()).split(u'\n')) {
        const QRegularExpressionMatch match = line.match(text);
        if (!match.hasMatch()) {
            QVERIFY2(text.isEmpty() || text.startsWith(u'#'), qPrintable(text));
            continue;
        }
        given.append(match.captured(2));
        plain.append(match.captured(2) + str(" = ") + match.captured(3));
    }
    static const QRegularExpression option(str("^  --([a-z-]+)"), QRegularExpression::MultilineOption);
    QStringList wanted{str("workspace")};
    QRegularExpressionMatchIterator options = option.globalMatch(serverHelp());
    while (options.hasNext())
        wanted.append(options.next().captured(1));
    wanted.removeOne(str("config"));
    QVERIFY(wanted.size() > 8);
    wanted.sort();
    given.sort();
    QCOMPARE(given, wanted);
    QTemporaryFile all;
    QVERIFY(all.open() && all.write(plain.join(u'\n').toUtf8()) > 0 && all.flush());
    const auto config = readConfig({str("--config"), all.fileName()}, QProcessEnvironment());
    QVERIFY2(config, config ? "" : qPrintable(config.error().detail));
    QVERIFY(config->isBehindProxy && !config->runsCourier && config->metricsPort > 0 && !config->origins.isEmpty());
    // As it lies there it serves on loopback, from where the service may write.
    const auto asItIs = readConfig({str("--config"), sample.fileName()}, QProcessEnvironment());
    QVERIFY(asItIs);
    QVERIFY(asItIs->address.isLoopback());
    QFile unit(str(EARSHOT_SOURCE_DIR "/packaging/earshotd.service"));
    QFile users(str(EARSHOT_SOURCE_DIR "/packaging/earshotd.sysusers"));
    QVERIFY(unit.open(QIODevice::ReadOnly) && users.open(QIODevice::ReadOnly));
    const QString service = QString::fromUtf8(unit.readAll());
    const auto valueOf = [&service](const char *name) {
        return service.section(QString(u'\n' + QString::fromUtf8(name) + u'='), 1).section(u'\n', 0, 0);
    };
    const QString state = str("/var/lib/") + valueOf("StateDirectory");
    QVERIFY2(asItIs->workspace.startsWith(state + u'/'), qPrintable(asItIs->workspace));
    QVERIFY2(asItIs->secretsKey.startsWith(state + u'/'), qPrintable(asItIs->secretsKey));
    QVERIFY(QString::fromUtf8(users.readAll()).contains(str("u ") + valueOf("User") + u' '));
}

void ConfigTest::switchesHaveValues()
{
    using Words = QStringList;
    const auto config = [](const Words &words, const char *variable = "") {
        QProcessEnvironment environment;
        if (*variable)
            environment.insert(str("EARSHOTD_NO_COURIER"), str(variable));
        return readConfig(Words{str("desk.earshot")} + words, environment).value();
    };
    QVERIFY(config({str("--behind-proxy")}).isBehindProxy);
    QVERIFY(config({str("--behind-proxy=YES")}).isBehindProxy);
    QVERIFY(!config({str("--behind-proxy=no")}).isBehindProxy);
    QVERIFY(config({}).runsCourier);
    QVERIFY(!config({}, "true").runsCourier);
    QVERIFY(config({}, "off").runsCourier);
    QVERIFY(config({str("--no-courier=0")}, "true").runsCourier);
    QVERIFY(!readConfig({str("desk.earshot")}, [] {
        QProcessEnvironment environment;
        environment.insert(str("EARSHOTD_NO_COURIER"), str("perhaps"));
        return environment;
    }()));
}

void ConfigTest::connectionsOfAnAddressAreANumber()
{
    const auto config = [](const char *value) {
        QStringList words{str("desk.earshot")};
        if (*value)
            words.append(str("--connections-per-address=%1").arg(str(value)));
        return readConfig(words, QProcessEnvironment());
    };
    QVERIFY(config("")->connectionsPerAddress > 0);
    QCOMPARE(config("1000")->connectionsPerAddress, 1000);
    QCOMPARE(config("0")->connectionsPerAddress, 0);
    for (const char *wrong : {"-1", "many", "99999999999"})
        QVERIFY2(!config(wrong), wrong);
}

QTEST_GUILESS_MAIN(ConfigTest)
#include "tst_config.moc"
