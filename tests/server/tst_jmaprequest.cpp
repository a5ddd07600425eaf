// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/jmaprequest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Earshot;

namespace {

QJsonObject objectOf(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

/// The Request object, its result references and its problems: RFC 8620 3.
class JmapRequestTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badRequestsAreProblems_data();
    void badRequestsAreProblems();
    void pointersAreEvaluated_data();
    void pointersAreEvaluated();
    void referencesAreResolved();
    void referencesBringNoMoreThanIsLeft();
    void badReferencesAreErrors_data();
    void badReferencesAreErrors();
};

void JmapRequestTest::badRequestsAreProblems_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const QByteArray &body, const char *type) {
        QTest::newRow(name) << body << QStringLiteral("urn:ietf:params:jmap:error:") + QString::fromLatin1(type);
    };
    row("empty", "", "notJSON");
    row("half", R"({"using":)", "notJSON");
    row("utf-8", "{\"using\":[],\"methodCalls\":[[\"a\",{\"x\":\"\xff\"},\"0\"]]}", "notJSON");
    row("overlong utf-8", "{\"x\":\"\xc0\xaf\"}", "notJSON");
    row("byte order mark", "\xef\xbb\xbf{}", "notJSON");
    row("deep", QByteArray(100'000, '['), "notJSON");
    row("deep objects", QByteArray(R"({"a":)").repeated(5000) + "1" + QByteArray(5000, '}'), "notJSON");
    row("list", "[]", "notRequest");
    row("no using", R"({"methodCalls":[]})", "notRequest");
    row("no calls", R"({"using":[]})", "notRequest");
    row("using of numbers", R"({"using":[1],"methodCalls":[]})", "notRequest");
    row("short call", R"({"using":[],"methodCalls":[["a",{}]]})", "notRequest");
    row("arguments as list", R"({"using":[],"methodCalls":[["a",[],"0"]]})", "notRequest");
    row("number as id", R"({"using":[],"methodCalls":[["a",{},0]]})", "notRequest");
    row("giant id", R"({"using":[],"methodCalls":[["a",{},")" + QByteArray(5000, 'x') + R"("]]})", "notRequest");
    row("created ids", R"({"using":[],"methodCalls":[],"createdIds":{"a":1}})", "notRequest");
    row("capability", R"({"using":["urn:example"],"methodCalls":[]})", "unknownCapability");
    row("many calls",
        R"({"using":[],"methodCalls":[)" + QByteArray(R"(["a",{},"0"],)").repeated(99) + R"(["a",{},"0"]]})", "limit");
}

void JmapRequestTest::badRequestsAreProblems()
{
    QFETCH(QByteArray, body);
    const auto object = parseJson(body);
    const auto request = object ? readRequest(*object, ServerLimits()) : tl::unexpected(object.error());
    QVERIFY(!request);
    QTEST(request.error().type, "type");
    QCOMPARE(request.error().toJson().contains(QStringLiteral("limit")), request.error().type.endsWith(u"limit"));
}

void JmapRequestTest::pointersAreEvaluated_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("result"); ///< empty = nothing
    const auto row = [](const char *path, const char *result) {
        QTest::newRow(path) << QString::fromLatin1(path) << QString::fromLatin1(result);
    };
    row("/list/*/id", R"(["a","b"])");
    row("/list/*/tags", R"([1,2,3])");
    row("/list/0/id", R"(["a"])");
    row("/list/2/id", "");
    row("/list/00/id", "");
    row("/list/-1", "");
    row("/list/*/missing", "");
    row("/empty/*", "[]");
    row("/empty/*/x", "[]");
    row("/a~1b", "[7]");
    row("/c~0d", "[8]");
    row("/nested/*/*", "[1,2,3]");
    row("list", "");
    row("/list/id", "");
}

void JmapRequestTest::pointersAreEvaluated()
{
    QFETCH(QString, path);
    QFETCH(QString, result);
    const QJsonObject object =
        objectOf(R"({"list":[{"id":"a","tags":[1,2]},{"id":"b","tags":[3]}],"empty":[],"a/b":7,"c~d":8,
                     "nested":[[1,2],[3]]})");
    const QJsonValue found = evaluatePointer(object, path);
    if (result.isEmpty()) {
        QVERIFY(found.isUndefined());
        return;
    }
    const QJsonArray list = found.isArray() ? found.toArray() : QJsonArray{found};
    QCOMPARE(QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact)), result);
}

void JmapRequestTest::referencesAreResolved()
{
    const QList<MethodCall> responses{
        {QStringLiteral("A/query"), objectOf(R"({"ids":["1","2"]})"), QStringLiteral("q")}};
    qint64 left = 1000;
    const MethodResult resolved = resolveReferences(
        objectOf(R"({"#ids":{"resultOf":"q","name":"A/query","path":"/ids"},"x":1})"), responses, left);
    QVERIFY(resolved);
    QCOMPARE(*resolved, objectOf(R"({"ids":["1","2"],"x":1})"));
}

void JmapRequestTest::referencesBringNoMoreThanIsLeft()
{
    const QList<MethodCall> responses{
        {QStringLiteral("A/query"), objectOf(R"({"ids":["1","2"],"text":"0123456789"})"), QStringLiteral("q")}};
    const QJsonObject arguments = objectOf(R"({"#ids":{"resultOf":"q","name":"A/query","path":""}})");
    const qint64 weight = weightOf(responses.first().arguments, 1000);
    QVERIFY(weight > 20 && weight < 100);
    QCOMPARE(weightOf(responses.first().arguments, 20), qint64(20));
    qint64 left = 2 * weight + 5;
    QVERIFY(resolveReferences(arguments, responses, left));
    QVERIFY(resolveReferences(arguments, responses, left));
    QCOMPARE(left, qint64(5));
    const MethodResult tooMuch = resolveReferences(arguments, responses, left);
    QVERIFY(!tooMuch);
    QCOMPARE(tooMuch.error().type, QStringLiteral("requestTooLarge"));
    QCOMPARE(left, qint64(0));
}

void JmapRequestTest::badReferencesAreErrors_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QString>("type");
    const auto row = [](const char *name, const char *arguments, const char *type) {
        QTest::newRow(name) << QByteArray(arguments) << QString::fromLatin1(type);
    };
    row("twice", R"({"ids":[],"#ids":{"resultOf":"q","name":"A/query","path":"/ids"}})", "invalidArguments");
    row("no object", R"({"#ids":"q"})", "invalidArguments");
    row("no path", R"({"#ids":{"resultOf":"q","name":"A/query"}})", "invalidArguments");
    row("other call", R"({"#ids":{"resultOf":"r","name":"A/query","path":"/ids"}})", "invalidResultReference");
    row("other method", R"({"#ids":{"resultOf":"q","name":"B/query","path":"/ids"}})", "invalidResultReference");
    row("no such place", R"({"#ids":{"resultOf":"q","name":"A/query","path":"/list"}})", "invalidResultReference");
    QTest::newRow("long path") << R"({"#ids":{"resultOf":"q","name":"A/query","path":")" +
                                      QByteArray("/*").repeated(500) + "\"}}"
                               << QStringLiteral("invalidResultReference");
}

void JmapRequestTest::badReferencesAreErrors()
{
    QFETCH(QByteArray, arguments);
    const QList<MethodCall> responses{
        {QStringLiteral("A/query"), objectOf(R"({"ids":["1","2"]})"), QStringLiteral("q")}};
    qint64 left = 1000;
    const MethodResult resolved = resolveReferences(objectOf(arguments.constData()), responses, left);
    QVERIFY(!resolved);
    QTEST(resolved.error().type, "type");
}

QTEST_APPLESS_MAIN(JmapRequestTest)
#include "tst_jmaprequest.moc"
