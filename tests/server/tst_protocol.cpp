// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/server/serverworld.h"
#include "workspace/changes.h"
#include "workspace/wirerows.h"

#include <QRegularExpression>
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
            text->replace("ACCOUNT", m_world->account().toUtf8()).replace("STATE", state.toUtf8());
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
