// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/actionjson.h"
#include "tests/server/serverworld.h"
#include "workspace/changes.h"
#include "workspace/schema.h"
#include "workspace/wirerows.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

struct Example
{
    QByteArray calls;
    QByteArray answers;
};

/// The fenced blocks "json call" and "json answer", in pairs.
QList<Example> examplesIn(const QString &page)
{
    static const QRegularExpression form(str("```json call\\n(.*?)```\\n```json answer\\n(.*?)```"),
                                         QRegularExpression::DotMatchesEverythingOption);
    QList<Example> examples;
    QRegularExpressionMatchIterator matches = form.globalMatch(page);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        examples.append({match.captured(1).toUtf8(), match.captured(2).toUtf8()});
    }
    return examples;
}

/// Lists one after another as one list.
QJsonArray listOf(QByteArray text)
{
    text.replace("]\n[", "],\n[");
    return QJsonDocument::fromJson('[' + text + ']').array();
}

/// Where the actual answer is not as the example promises; empty = it is.
QString difference(const QJsonValue &example, const QJsonValue &actual, const QString &path)
{
    if (example.isObject()) {
        const QJsonObject promised = example.toObject();
        for (auto member = promised.begin(); member != promised.end(); ++member) {
            const QString inner =
                difference(member.value(), actual.toObject().value(member.key()), path + u'/' + member.key());
            if (!inner.isEmpty())
                return inner;
        }
        return actual.isObject() ? QString() : path;
    }
    if (example.isArray()) {
        const QJsonArray promised = example.toArray();
        if (!actual.isArray() || actual.toArray().size() < promised.size())
            return path;
        for (qsizetype i = 0; i < promised.size(); ++i) {
            const QString inner = difference(promised[i], actual.toArray()[i], path + u'/' + QString::number(i));
            if (!inner.isEmpty())
                return inner;
        }
        return {};
    }
    // "..." and 0 stand for any text and number; null may have become something.
    const bool isOpen = example == str("...") || example == QJsonValue(0) || example.isNull();
    const bool isSame = isOpen ? example.type() == actual.type() || example.isNull() : example == actual;
    return isSame ? QString() : path + str(" is ") + QString::fromUtf8(QJsonDocument(QJsonArray{actual}).toJson());
}

template <size_t... Index>
QList<ActionArguments> everyKind(std::index_sequence<Index...>)
{
    return {ActionArguments(std::in_place_index<Index>)...};
}

} // namespace

/// The page for people who integrate says what is so.
class ProtocolTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void examplesAnswerAsTheySay();
    void everyTypeIsNamed();
    void everyKindIsTold();
    void everyRefusalAndErrorIsTold();
    void everyCurlLineRuns();
    void differencesAreFound();

private:
    QString m_page;
    std::unique_ptr<ServerWorld> m_world;
};

void ProtocolTest::initTestCase()
{
    QFile file(str(EARSHOT_SOURCE_DIR "/app/server/PROTOCOL.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_page = QString::fromUtf8(file.readAll());
    m_world = std::make_unique<ServerWorld>();
    QVERIFY(m_world->act(Act::AddTag{ConversationId(1), str("broken")}).isApplied());
}

void ProtocolTest::examplesAnswerAsTheySay()
{
    const auto client = m_world->client();
    const QString state = client->call(str("Tag/get")).value(str("state")).toString().section(u'-', 0, -2);
    const QList<Example> examples = examplesIn(m_page);
    QVERIFY(examples.size() >= 7);
    for (Example example : examples) {
        for (QByteArray *text : {&example.calls, &example.answers})
            text->replace("ACCOUNT", m_world->account().toUtf8())
                .replace("STATE", state.toUtf8())
                .replace("SCHEMA", QByteArray::number(newestSynchronisedVersion()));
        const QJsonArray calls = listOf(example.calls);
        QVERIFY2(!calls.isEmpty(), example.calls.constData());
        const QJsonArray answers = listOf(example.answers);
        QCOMPARE(answers.size(), calls.size());
        const WireReply reply = client->post(calls);
        QCOMPARE(reply.status, 200);
        const QString problem = difference(answers, reply.json().value(str("methodResponses")), QString());
        QVERIFY2(problem.isEmpty(), qPrintable(problem + u'\n' + QString::fromUtf8(reply.body)));
    }
}

void ProtocolTest::everyTypeIsNamed()
{
    for (const QByteArray &table : synchronisedTables())
        QVERIFY2(m_page.contains(u'`' + wireTypeOf(table) + u'`'), table.constData());
}

/// A row that names each kind, and all that its arguments hold.
void ProtocolTest::everyKindIsTold()
{
    QStringList rows;
    for (const QString &line : m_page.split(u'\n')) {
        if (line.startsWith(str("| `")))
            rows.append(line);
    }
    for (const ActionArguments &arguments :
         everyKind(std::make_index_sequence<std::variant_size_v<ActionArguments>>())) {
        const QString kind = kindOf(arguments);
        const auto row = std::find_if(rows.cbegin(), rows.cend(), [&kind](const QString &line) {
            return line.section(u'|', 1, 1).contains(QString(u'`' + kind + u'`'));
        });
        QVERIFY2(row != rows.cend(), qPrintable(kind));
        const QJsonObject json = toJson(makeAction(arguments, m_world->clock().now()));
        for (const QString &member : json.value(str("arguments")).toObject().keys())
            QVERIFY2(row->section(u'|', 3).contains(QString(u'`' + member + u'`')), qPrintable(kind + u' ' + member));
    }
}

void ProtocolTest::everyRefusalAndErrorIsTold()
{
    for (int kind = 0; kind <= int(RefusalKind::unreadable); ++kind) {
        const QString name = word(static_cast<RefusalKind>(kind));
        QVERIFY2(m_page.contains(QString(str("\n| `") + name + str("` |"))), qPrintable(name));
    }
    // Each type of error that is made somewhere.
    static const QRegularExpression made(
        str("methodError\\(\"([a-zA-Z]+)\"|type = QStringLiteral\\(\"([a-zA-Z]+)\"\\)"));
    const QDir folder(str(EARSHOT_SOURCE_DIR "/app/server"));
    QSet<QString> types;
    for (const QString &name : folder.entryList({str("*.cpp"), str("*.h")})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        for (auto match = made.globalMatch(text); match.hasNext();) {
            const QRegularExpressionMatch found = match.next();
            types.insert(found.captured(1) + found.captured(2));
        }
    }
    QVERIFY(types.size() > 8);
    for (const QString &type : std::as_const(types))
        QVERIFY2(m_page.contains(QString(u'`' + type + u'`')), qPrintable(type));
}

/// As they stand there, with this server's address, a token and an account.
void ProtocolTest::everyCurlLineRuns()
{
    if (QStandardPaths::findExecutable(str("curl")).isEmpty())
        QSKIP("curl is not installed");
    m_world->setPassword(ServerWorld::kim, "right horse");
    const QByteArray picture = QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQV"
                                                      "R42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
    const auto client = m_world->client(ServerWorld::kim);
    const QString blob = client
                             ->send("POST", "/jmap/upload/" + m_world->account().toLatin1() + '/', picture,
                                    "Content-Type: image/png\r\n")
                             .json()
                             .value(str("blobId"))
                             .toString();
    QTemporaryDir folder;
    QFile file(folder.filePath(str("lamp.png")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(picture) == picture.size());
    file.close();
    static const QRegularExpression form(
        str("\n    (curl [^\n]*(?:\n         [^\n]*)*)(?:\n    (\\{[^\n]*(?:\n        [^\n]*)*))?"));
    int ran = 0;
    for (auto match = form.globalMatch(m_page); match.hasNext(); ++ran) {
        const QRegularExpressionMatch found = match.next();
        QString line = found.captured(1);
        line.replace(str("https://desk.example"), str("http://127.0.0.1:%1").arg(m_world->server().port()));
        line.replace(str("earshot_..."), QString::fromLatin1(client->token()));
        line.replace(str("\"password\": \"...\""), str("\"password\": \"right horse\""));
        line.replace(str("ACCOUNT"), m_world->account()).replace(str("BLOB"), blob);
        QProcess shell;
        shell.setWorkingDirectory(folder.path());
        QSignalSpy finished(&shell, &QProcess::finished);
        shell.start(str("/bin/sh"), {str("-c"), QString(line + str(" -sS -m 20 -w '\n%{http_code}'"))});
        QVERIFY(finished.size() == 1 || finished.wait(30'000));
        QVERIFY2(shell.exitCode() == 0, qPrintable(line));
        const QByteArray out = shell.readAllStandardOutput();
        const int status = out.mid(out.lastIndexOf('\n') + 1).toInt();
        const QByteArray body = out.left(out.lastIndexOf('\n'));
        const QJsonObject promised = QJsonDocument::fromJson(found.captured(2).toUtf8()).object();
        QVERIFY2(status == promised.value(str("status")).toInt(status >= 200 && status < 300 ? status : 200),
                 qPrintable(line + u'\n' + QString::fromUtf8(out)));
        QVERIFY2(!body.contains("\"error\""), body.constData());
        if (!promised.contains(str("status")))
            continue;
        const QString problem = difference(promised, QJsonDocument::fromJson(body).object(), QString());
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    QVERIFY(ran >= 9);
    QCOMPARE(QString(m_page).count(str("\n    curl ")), ran);
    // The note from a script is there.
    const QJsonArray notes =
        client->call(str("Message/query"), {{str("filter"), QJsonObject{{str("text"), str("script")}}}})
            .value(str("ids"))
            .toArray();
    QCOMPARE(notes.size(), 1);
}

void ProtocolTest::differencesAreFound()
{
    const auto differs = [](const char *example, const char *actual) {
        return !difference(listOf(example), listOf(actual), QString()).isEmpty();
    };
    QVERIFY(!differs(R"({"a": "...", "n": 0})", R"({"a": "x", "n": 7, "more": 1})"));
    QVERIFY(differs(R"({"a": "..."})", R"({"a": 1})"));
    QVERIFY(differs(R"({"a": "x"})", R"({"a": "y"})"));
    QVERIFY(differs(R"({"a": 1})", "{}"));
    QVERIFY(differs(R"({"a": [1, 2]})", R"({"a": [1]})"));
}

QTEST_GUILESS_MAIN(ProtocolTest)
#include "tst_protocol.moc"
