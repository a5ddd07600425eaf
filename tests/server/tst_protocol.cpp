// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "desk/questionjson.h"
#include "model/actionjson.h"
#include "server/deskmethods.h"
#include "server/readmethods.h"
#include "tests/server/protocolpage.h"
#include "tests/server/protocolworld.h"
#include "tests/server/socketlistener.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <QDir>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace Earshot;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

template <size_t... Index>
QList<ActionArguments> everyKind(std::index_sequence<Index...>)
{
    return {ActionArguments(std::in_place_index<Index>)...};
}
QList<ActionArguments> everyKind()
{
    return everyKind(std::make_index_sequence<ActionArguments::kindCount>());
}

template <size_t... Index>
QList<Question> everyQuestion(std::index_sequence<Index...>)
{
    return {Question(std::in_place_index<Index>)...};
}
QList<Question> everyQuestion()
{
    return everyQuestion(std::make_index_sequence<std::variant_size_v<Question>>());
}

/// All that the pattern's first group finds in these files.
QSet<QString> foundIn(const QStringList &paths, const char *pattern)
{
    const QRegularExpression form(str(pattern));
    QSet<QString> found;
    for (const QString &path : paths) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QString text = QString::fromUtf8(file.readAll());
        for (auto match = form.globalMatch(text); match.hasNext();)
            found.insert(match.next().captured(1));
    }
    return found;
}

QString sourceOf(const char *file)
{
    return str(EARSHOT_SOURCE_DIR "/app/server/") + QLatin1StringView(file);
}

QStringList serverSources()
{
    const QDir folder(str(EARSHOT_SOURCE_DIR "/app/server"));
    QStringList paths;
    for (const QString &name : folder.entryList({str("*.cpp"), str("*.h")}))
        paths.append(folder.filePath(name));
    return paths;
}

} // namespace

/// The page for people who integrate says what is so.
class ProtocolTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_world.reset(); }
    void examplesAnswerAsTheySay_data();
    void examplesAnswerAsTheySay();
    void dialoguesGoAsTheySay();
    void everySocketMessageIsShown();
    void everyTypeIsDescribed();
    void everyTypeTellsItsChanges();
    void everyKindIsTold();
    void everyMethodHasAnExample();
    void everyQuestionIsTold();
    void everyAddressHasAnExample();
    void everyRefusalHasAnExample();
    void everyErrorHasAnExample();
    void differencesAreFound();

private:
    /// The table's row that begins with it.
    [[nodiscard]] QString rowOf(const QString &name) const;
    [[nodiscard]] bool isShown(const std::function<bool(const PageExample &)> &isIt) const;

    ProtocolPage m_page;
    QTemporaryDir m_folder;
    std::unique_ptr<ProtocolWorld> m_world;
};

void ProtocolTest::initTestCase()
{
    if (QStandardPaths::findExecutable(str("curl")).isEmpty())
        QSKIP("curl is not installed");
    m_page = readPage(sourceOf("PROTOCOL.md"));
    QVERIFY(m_page.examples.size() > 150);
    m_world = std::make_unique<ProtocolWorld>();
    // Slices are made after the first question for them.
    const auto client = m_world->client(ServerWorld::vic);
    QTRY_VERIFY_WITH_TIMEOUT(client->get("/jmap/slices").json().value(str("isComplete")).toBool(), 30'000);
    QFile picture(m_folder.filePath(str("lamp.png")));
    QVERIFY(picture.open(QIODevice::WriteOnly));
    picture.write(QByteArray::fromBase64("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQV"
                                         "R42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));
    picture.close();
    m_page.prelude.replace(str("https://desk.example"), str("http://127.0.0.1:%1").arg(m_world->server().port()));
    m_page.prelude.replace(str("earshot_..."), QString::fromLatin1(m_world->token(ServerWorld::ana)));
    const QString setUp = str("COLLEAGUE=%1\nVIEWER=%2\n")
                              .arg(QString::fromLatin1(m_world->token(ServerWorld::kim)),
                                   QString::fromLatin1(m_world->token(ServerWorld::vic)));
    QCOMPARE(runExamples(m_page, setUp, m_folder.path()), QString());
}

void ProtocolTest::examplesAnswerAsTheySay_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < m_page.examples.size(); ++i)
        QTest::addRow("%d: %s", i, qPrintable(m_page.examples[i].command.section(u'\n', 0, 0).left(60))) << i;
}

void ProtocolTest::examplesAnswerAsTheySay()
{
    QFETCH(const int, index);
    const PageExample &example = m_page.examples[index];
    if (example.isAssignment()) {
        QVERIFY2(example.output.isEmpty() && example.promised.isEmpty(), qPrintable(example.output));
        return;
    }
    const bool isAct = !example.performedKind().isEmpty();
    QVERIFY2(isAct || !example.promised.isEmpty(), "nothing is said of what it answers");
    const QString promised =
        example.promised.isEmpty() ? str(R"({"outcome": "applied", "hadEffect": true})") : example.promised;
    const QJsonValue shown = valueOfJson(promised);
    const bool isJson = shown.isObject() || shown.isArray();
    const QJsonValue actual = shownPart(valueOfJson(example.output), isAct);
    const QString problem = isJson                           ? difference(shown, actual)
                            : fits(promised, example.output) ? QString()
                                                             : str("text");
    QVERIFY2(problem.isEmpty(), qPrintable(problem + u'\n' + example.output));
    // An error is shown as one.
    if (isJson && !example.calledMethod().isEmpty() && !shown.toObject().contains(str("type")))
        QVERIFY2(!actual.toObject().contains(str("type")), qPrintable(example.output));
}

/// The sockets stay open from one to the next, as a client's does.
void ProtocolTest::dialoguesGoAsTheySay()
{
    QVERIFY(m_page.dialogues.size() >= 3);
    std::map<QString, std::unique_ptr<SocketListener>> clients;
    std::map<QString, qsizetype> read;
    for (const auto &[name, agent] : {std::pair("", ServerWorld::ana), std::pair("Kim", ServerWorld::kim)}) {
        auto client = std::make_unique<SocketListener>(m_world->server().port(), m_world->token(agent));
        QTRY_VERIFY(client->isOpen());
        clients.emplace(str(name), std::move(client));
    }
    for (const QList<PageMessage> &dialogue : std::as_const(m_page.dialogues)) {
        for (const PageMessage &message : dialogue) {
            QVERIFY2(clients.contains(message.speaker), qPrintable(message.speaker));
            SocketListener &client = *clients.at(message.speaker);
            const QString text = QString(message.text).replace(str("$ACCOUNT"), m_world->account());
            const QJsonValue shown = valueOfJson(text);
            QVERIFY2(shown.isObject(), qPrintable(text));
            if (message.isSent) {
                client.socket().sendTextMessage(text);
                continue;
            }
            qsizetype &next = read[message.speaker];
            QTRY_VERIFY2(client.messages.size() > next, qPrintable(text));
            const QJsonObject told = client.messages[next++];
            const QString problem = difference(shown, told);
            QVERIFY2(problem.isEmpty(),
                     qPrintable(problem + u'\n' + text + u'\n' + QString::fromUtf8(QJsonDocument(told).toJson())));
        }
    }
    // And nothing else was said.
    for (const auto &[name, client] : clients)
        QCOMPARE(client->messages.size(), read[name]);
}

/// Whatever @type the server knows or says.
void ProtocolTest::everySocketMessageIsShown()
{
    QSet<QString> shown;
    for (const QList<PageMessage> &dialogue : std::as_const(m_page.dialogues)) {
        for (const PageMessage &message : dialogue)
            shown.insert(valueOfJson(message.text)[str("@type")].toString());
    }
    QSet<QString> inSource =
        foundIn({sourceOf("socketclient.cpp")}, R"re(type == QLatin1StringView\("([A-Za-z]+)"\))re");
    inSource += foundIn(serverSources(), R"re("@type"\), QStringLiteral\("([A-Za-z]+)"\))re");
    inSource += foundIn(serverSources(), R"re(\{"@type":"([A-Za-z]+)")re");
    QCOMPARE(inSource.size(), 9);
    for (const QString &type : inSource)
        QVERIFY2(shown.contains(type), qPrintable(type));
}

/// Each property by its name and form; no other; and Xxx/get answers with these.
void ProtocolTest::everyTypeIsDescribed()
{
    const QStringList common{str("id"), str("seq"), str("createdSeq"), str("channel"), str("uuid")};
    const auto client = m_world->client();
    QStringList described;
    for (const PageTypes &section : std::as_const(m_page.types)) {
        QSet<QString> used;
        for (const QString &type : section.types) {
            described.append(type);
            const QByteArray table = tableOfWireType(type);
            QVERIFY2(!table.isEmpty(), qPrintable(type));
            const auto columns = m_world->workspace().readNow<QList<WireColumn>>(
                [&table](Database &database) -> Result<QList<WireColumn>> { return wireColumns(database, table); });
            QStringList names;
            for (const WireColumn &column : columns.value()) {
                names.append(column.property);
                if (common.contains(column.property))
                    continue;
                const auto says = [&column](const PageProperty &row) {
                    return row.names.contains(column.property) && row.form == formCell(column.form);
                };
                QVERIFY2(std::any_of(section.properties.cbegin(), section.properties.cend(), says),
                         qPrintable(type + u'.' + column.property + str(": ") + formCell(column.form)));
                used.insert(column.property + u' ' + formCell(column.form));
            }
            const QJsonArray list = client->call(type + str("/get")).value(str("list")).toArray();
            QVERIFY2(!list.isEmpty(), qPrintable(type));
            names.sort();
            QCOMPARE(list.first().toObject().keys(), names);
        }
        for (const PageProperty &row : section.properties) {
            for (const QString &name : row.names)
                QVERIFY2(used.contains(QString(name + u' ' + row.form)),
                         qPrintable(section.types.first() + u'.' + name));
        }
    }
    QStringList all;
    for (const QByteArray &table : synchronisedTables())
        all.append(wireTypeOf(table));
    described.sort();
    all.sort();
    QCOMPARE(described, all);
    for (const QString &type : std::as_const(all))
        QVERIFY2(isShown([&type](const PageExample &one) { return one.calledMethod() == QString(type + str("/get")); }),
                 qPrintable(type));
}

/// The page shows one type's; the others' have the same members.
void ProtocolTest::everyTypeTellsItsChanges()
{
    const auto client = m_world->client();
    const QString since = client->call(str("Tag/get")).value(str("state")).toString().section(u'-', 0, -2) + str("-0");
    const QStringList members = client->call(str("Tag/changes"), {{str("sinceState"), since}}).keys();
    QVERIFY(members.contains(str("created")));
    for (const QByteArray &table : synchronisedTables()) {
        const QJsonObject changes = client->call(wireTypeOf(table) + str("/changes"), {{str("sinceState"), since}});
        QCOMPARE(changes.keys(), members);
        QVERIFY2(!changes.value(str("created")).toArray().isEmpty(), table.constData());
    }
}

/// A row that names each kind, and all that its arguments hold; and an example that is applied.
void ProtocolTest::everyKindIsTold()
{
    for (const ActionArguments &arguments : everyKind()) {
        const QString kind = kindOf(arguments);
        const QString row = rowOf(kind);
        QVERIFY2(!row.isEmpty(), qPrintable(kind));
        const QJsonObject json = toJson(makeAction(arguments, m_world->clock().now()));
        for (const QString &member : json.value(str("arguments")).toObject().keys())
            QVERIFY2(row.section(u'|', 3).contains(QString(u'`' + member + u'`')), qPrintable(kind + u' ' + member));
        const bool hasExample = isShown([&kind](const PageExample &one) {
            return one.performedKind() == kind && !one.promised.contains(str("refused"));
        });
        QVERIFY2(hasExample, qPrintable(kind));
    }
}

void ProtocolTest::everyMethodHasAnExample()
{
    QStringList methods;
    for (const Question &question : everyQuestion())
        methods.append(methodOf(question));
    const QSet<QString> deeds = foundIn({sourceOf("deskmethods.cpp")}, "\\{\"([A-Z][a-z]+/[a-zA-Z]+)\", Role::");
    QVERIFY(deeds.size() >= 9);
    for (const QString &deed : deeds) {
        QVERIFY2(DeedMethods::isKnown(deed), qPrintable(deed));
        methods.append(deed);
    }
    QSet<QString> named =
        foundIn({sourceOf("jmaprun.cpp"), sourceOf("readmethods.cpp")},
                "(?:name == QLatin1StringView\\(|performName = QStringLiteral\\()\"([A-Z][a-z]+/[a-z]+)\"");
    QVERIFY(named.contains(str("Row/checksum")) && named.contains(str("Core/echo")));
    methods += named.values();
    const QSet<QString> verbs =
        foundIn({sourceOf("readmethods.cpp")}, "\\{QStringLiteral\\(\"([a-zA-Z]+)\"\\), Verb::");
    QVERIFY(verbs.contains(str("queryChanges")));
    for (const QByteArray &table : synchronisedTables()) {
        for (const QString &verb : verbs) {
            const QString method = wireTypeOf(table) + u'/' + verb;
            // everyTypeTellsItsChanges()
            if (isReadMethod(method) && verb != str("changes"))
                methods.append(method);
        }
    }
    methods.append(str("Tag/changes"));
    for (const QString &method : std::as_const(methods)) {
        const bool isAlwaysRefused = method.endsWith(str("/queryChanges"));
        const bool hasExample = isShown([&method, isAlwaysRefused](const PageExample &one) {
            return one.calledMethod() == method && (isAlwaysRefused || !one.promised.startsWith(str("{\"type\"")));
        });
        QVERIFY2(hasExample, qPrintable(method));
    }
}

/// What the questions' table says that they are asked with.
void ProtocolTest::everyQuestionIsTold()
{
    for (const Question &question : everyQuestion()) {
        const QString method = methodOf(question);
        const QString row = rowOf(method);
        QVERIFY2(!row.isEmpty(), qPrintable(method));
        for (const QString &argument : toJson(question).keys())
            QVERIFY2(row.section(u'|', 2).contains(QString(u'`' + argument + u'`')),
                     qPrintable(method + u' ' + argument));
    }
}

/// But the WebSocket's: that is for no curl.
void ProtocolTest::everyAddressHasAnExample()
{
    QSet<QString> paths = foundIn({sourceOf("server.cpp")}, "\\{\"[A-Z]+\", \"(/[a-z./-]+)\", &Server::");
    QVERIFY(paths.size() >= 9);
    QVERIFY(paths.remove(str("/jmap/ws")));
    paths += {str("/healthz"), str("/auth/login")};
    for (const QString &path : std::as_const(paths)) {
        // `call` and `act` ask the API.
        const bool hasExample = isShown([&path](const PageExample &one) {
            return QString(one.command).replace(str("$ACCOUNT"), QString()).contains(QString(str("$DESK") + path));
        });
        QVERIFY2(hasExample, qPrintable(path));
    }
}

void ProtocolTest::everyRefusalHasAnExample()
{
    // What only a fault makes, or a client.
    const QList<RefusalKind> unprovoked{RefusalKind::tryAgain, RefusalKind::unreachable, RefusalKind::restored,
                                        RefusalKind::tooLarge, RefusalKind::unreadable};
    for (int kind = 0; !word(static_cast<RefusalKind>(kind)).isEmpty(); ++kind) {
        const QString name = word(static_cast<RefusalKind>(kind));
        QVERIFY2(m_page.text.contains(QString(str("\n| `") + name + str("` |"))), qPrintable(name));
        const bool hasExample = isShown([&name](const PageExample &one) {
            return one.promised.contains(QString(str("\"kind\": \"") + name + u'"')) &&
                   one.promised.contains(str("\"refusal\""));
        });
        QVERIFY2(hasExample != unprovoked.contains(static_cast<RefusalKind>(kind)), qPrintable(name));
    }
}

/// Each type of error that is made somewhere.
void ProtocolTest::everyErrorHasAnExample()
{
    QSet<QString> types = foundIn(serverSources(), "methodError\\(\"([a-zA-Z]+)\"");
    types += foundIn(serverSources(), "(?:type = |MethodError [a-z]+\\{)QStringLiteral\\(\"([a-zA-Z]+)\"");
    QVERIFY(types.contains(str("serverFail")) && types.contains(str("anchorNotFound")) &&
            types.contains(str("forbidden")));
    const QSet<QString> problems = foundIn(serverSources(), "urn\\(\"([a-zA-Z]+)\"\\)");
    QVERIFY(problems.size() >= 4);
    for (const QString &problem : problems)
        types.insert(str("urn:ietf:params:jmap:error:") + problem);
    for (const QString &type : std::as_const(types)) {
        QVERIFY2(isShown([&type](const PageExample &one) {
                     return one.promised.startsWith(QString(str("{\"type\": \"") + type + u'"'));
                 }),
                 qPrintable(type));
        const QString name = type.section(u':', -1);
        QVERIFY2(m_page.text.contains(QString(u'`' + name + u'`')), qPrintable(name));
    }
}

QString ProtocolTest::rowOf(const QString &name) const
{
    for (const QString &line : m_page.text.split(u'\n')) {
        if (line.startsWith(str("| `")) && line.section(u'|', 1, 1).contains(QString(u'`' + name + u'`')))
            return line;
    }
    return {};
}

bool ProtocolTest::isShown(const std::function<bool(const PageExample &)> &isIt) const
{
    return std::any_of(m_page.examples.cbegin(), m_page.examples.cend(), isIt);
}

void ProtocolTest::differencesAreFound()
{
    const auto differs = [](const char *promised, const char *actual) {
        return !difference(valueOfJson(str(promised)), valueOfJson(str(actual))).isEmpty();
    };
    QVERIFY(!differs(R"({"a": "...", "n": "..."})", R"({"a": "x", "n": 7, "more": 1})"));
    QVERIFY(!differs(R"({"a": "x...z"})", R"({"a": "xyz"})"));
    QVERIFY(!differs(R"({"a": null})", R"({"a": null})"));
    QVERIFY(!differs(R"([1, "..."])", "[1, 2, 3]"));
    QVERIFY(differs(R"({"a": "..."})", R"({"a": null})"));
    QVERIFY(differs(R"({"a": "..."})", "{}"));
    QVERIFY(differs(R"({"a": null})", "{}"));
    QVERIFY(differs(R"({"a": null})", R"({"a": 1})"));
    QVERIFY(differs(R"({"a": 0})", R"({"a": 1})"));
    QVERIFY(differs(R"({"a": "x"})", R"({"a": "y"})"));
    QVERIFY(differs(R"({"a": "x...z"})", R"({"a": "xy"})"));
    QVERIFY(differs(R"({"a": 1})", "{}"));
    QVERIFY(differs(R"({"a": 1})", R"({"a": "1"})"));
    QVERIFY(differs(R"({"a": [1, 2]})", R"({"a": [1]})"));
    QVERIFY(differs(R"({"a": [1]})", R"({"a": [1, 2]})"));
    QVERIFY(differs(R"({"a": [1]})", R"({"a": {}})"));
    QVERIFY(differs("{}", "7"));
}

QTEST_GUILESS_MAIN(ProtocolTest)
#include "tst_protocol.moc"
