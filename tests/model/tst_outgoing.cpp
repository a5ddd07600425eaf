// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/outgoing.h"

#include <QSet>
#include <QTest>

#include <functional>

using namespace Earshot;

namespace {

Outgoing example()
{
    Outgoing outgoing;
    outgoing.effect = Effect::reply;
    outgoing.clientId = QStringLiteral("018f-1");
    outgoing.targetUri = QStringLiteral("https://social.example/1");
    outgoing.targetRemoteId = QStringLiteral("1");
    outgoing.threadUri = QStringLiteral("https://social.example/0");
    outgoing.text = QStringLiteral("Grüße \U0001F44B \"quoted\"\nnew line </script>");
    outgoing.contentWarning = QStringLiteral("light");
    outgoing.language = QStringLiteral("de");
    outgoing.visibility = Visibility::unlisted;
    outgoing.media = {{QStringLiteral("ab12"), QStringLiteral("image/png"), QStringLiteral("A lamp")}};
    outgoing.createdAt = timeFromMs(1'780'000'123'456);
    return outgoing;
}

using Edit = std::function<void(Outgoing &)>;

} // namespace

/// The stored form of what goes out, and the digest that approvals are bound to.
class OutgoingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesNeverChange();
    void emptyBytesNeverChange();
    void everyFieldCounts_data();
    void everyFieldCounts();
    void editsAreAllDistinct();
    void everyEffectComesBack();
    void damagedBytesAreMalformed_data();
    void damagedBytesAreMalformed();

private:
    [[nodiscard]] static QList<std::pair<const char *, Edit>> edits();
};

/// Stored bytes outlive the program that wrote them: this text may only change together with a migration.
void OutgoingTest::bytesNeverChange()
{
    const QByteArray bytes(
        R"({"clientId":"018f-1","contentWarning":"light","createdAt":1780000123456,"effect":"reply","language":"de",)"
        R"("media":[{"description":"A lamp","hash":"ab12","type":"image/png"}],"targetRemoteId":"1",)"
        R"("targetUri":"https://social.example/1","text":"Grüße 👋 \"quoted\"\nnew line </script>",)"
        R"("threadUri":"https://social.example/0","visibility":"unlisted"})");
    QCOMPARE(toBytes(example()), bytes);
    QCOMPARE(toBytes(example()), toBytes(example()));
    QCOMPARE(digestOf(example()).size(), 64);
    QCOMPARE(digestOf(example()), digestOf(example()));
}

void OutgoingTest::emptyBytesNeverChange()
{
    const QByteArray bytes(R"({"clientId":"","contentWarning":"","createdAt":0,"effect":"reply","language":"",)"
                           R"("media":[],"targetRemoteId":"","targetUri":"","text":"","threadUri":"",)"
                           R"("visibility":"public"})");
    QCOMPARE(toBytes(Outgoing()), bytes);
}

QList<std::pair<const char *, Edit>> OutgoingTest::edits()
{
    const QString other = QStringLiteral("x");
    return {{"effect", [](Outgoing &outgoing) { outgoing.effect = Effect::like; }},
            {"client id", [=](Outgoing &outgoing) { outgoing.clientId = other; }},
            {"target", [=](Outgoing &outgoing) { outgoing.targetUri = other; }},
            {"remote id", [=](Outgoing &outgoing) { outgoing.targetRemoteId = other; }},
            {"thread", [=](Outgoing &outgoing) { outgoing.threadUri = other; }},
            {"text", [=](Outgoing &outgoing) { outgoing.text = other; }},
            {"one blank", [](Outgoing &outgoing) { outgoing.text += QLatin1Char(' '); }},
            {"warning", [=](Outgoing &outgoing) { outgoing.contentWarning = other; }},
            {"language", [=](Outgoing &outgoing) { outgoing.language = other; }},
            {"visibility", [](Outgoing &outgoing) { outgoing.visibility = Visibility::everyone; }},
            {"no media", [](Outgoing &outgoing) { outgoing.media.clear(); }},
            {"media twice", [](Outgoing &outgoing) { outgoing.media.append(outgoing.media.constFirst()); }},
            {"hash", [=](Outgoing &outgoing) { outgoing.media.first().hash = other; }},
            {"type", [=](Outgoing &outgoing) { outgoing.media.first().type = other; }},
            {"description", [=](Outgoing &outgoing) { outgoing.media.first().description = other; }},
            {"nobody named", [](Outgoing &outgoing) { outgoing.recipients.emplace(); }},
            {"somebody named", [=](Outgoing &outgoing) { outgoing.recipients = QStringList{other}; }},
            {"more readers", [](Outgoing &outgoing) { outgoing.mayWiden = true; }},
            {"time", [](Outgoing &outgoing) { outgoing.createdAt += Duration(1); }}};
}

void OutgoingTest::everyFieldCounts_data()
{
    QTest::addColumn<int>("index");
    const auto all = edits();
    for (int i = 0; i < all.size(); ++i)
        QTest::newRow(all.at(i).first) << i;
}

void OutgoingTest::everyFieldCounts()
{
    QFETCH(int, index);
    Outgoing edited = example();
    edits().at(index).second(edited);
    QVERIFY(edited != example());
    QVERIFY(toBytes(edited) != toBytes(example()));
    QVERIFY(digestOf(edited) != digestOf(example()));
    const Result<Outgoing> back = outgoingFromBytes(toBytes(edited));
    QVERIFY(back.has_value());
    QVERIFY(*back == edited);
}

/// The same text in another field is another outgoing.
void OutgoingTest::editsAreAllDistinct()
{
    QSet<QString> digests;
    const auto all = edits();
    for (const auto &edit : all) {
        Outgoing edited = example();
        edit.second(edited);
        digests.insert(digestOf(edited));
    }
    QCOMPARE(digests.size(), all.size());
}

void OutgoingTest::everyEffectComesBack()
{
    const QStringList effects = words<Effect>();
    const QStringList visibilities = words<Visibility>();
    for (const QString &effect : effects) {
        for (const QString &visibility : visibilities) {
            Outgoing outgoing = example();
            outgoing.effect = *fromWord<Effect>(effect);
            outgoing.visibility = *fromWord<Visibility>(visibility);
            const Result<Outgoing> back = outgoingFromBytes(toBytes(outgoing));
            QVERIFY(back.has_value());
            QVERIFY(*back == outgoing);
        }
    }
}

void OutgoingTest::damagedBytesAreMalformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray whole = toBytes(example());
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half") << whole.left(whole.size() / 2);
    QTest::newRow("a list") << QByteArrayLiteral("[]");
    QTest::newRow("empty") << QByteArrayLiteral("{}");
    QByteArray effect = whole;
    QTest::newRow("unknown effect") << effect.replace("\"reply\"", "\"shout\"");
    QByteArray visibility = whole;
    QTest::newRow("unknown visibility") << visibility.replace("\"unlisted\"", "\"everyone\"");
}

void OutgoingTest::damagedBytesAreMalformed()
{
    QFETCH(QByteArray, bytes);
    const Result<Outgoing> back = outgoingFromBytes(bytes);
    QVERIFY(!back.has_value());
    QCOMPARE(back.error().kind, ErrorKind::malformed);
}

QTEST_APPLESS_MAIN(OutgoingTest)
#include "tst_outgoing.moc"
