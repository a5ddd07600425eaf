// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/deskworld.h"
#include "ui/inbox/conversationdelegate.h"
#include "ui/inbox/conversationlistmodel.h"
#include "ui/shell/translations.h"
#include "ui/shell/wording.h"
#include "workspace/database.h"

#include <QImage>
#include <QPainter>
#include <QStandardPaths>
#include <QTest>

#include <limits>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// One row of the inbox: every fact about a conversation is seen in it, and said to who cannot see.
class RowPaintTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        installTranslations(*qApp);
    }
    void init();
    void cleanup();
    void oneFactChangesTheRow_data();
    void oneFactChangesTheRow();
    void whatNeedsAnAnswerIsBold();
    void onlyWhatIsOpenNeedsAnAnswer_data();
    void onlyWhatIsOpenNeedsAnAnswer();
    void whatIsSortedByWaitingSaysHowLong();
    void whatIsSortedByReachSaysHowMany();
    void manyFollowersAreShort_data();
    void manyFollowersAreShort();
    void whatIsShownBesideIsSaid();
    void threadsAreApart();
    void markIsSeenAndSaid();
    void whatLeftIsGreyAndSaysWhy();

private:
    /// Changes rows as no person can in one step, and lets the list see it.
    void change(const QString &sql);
    [[nodiscard]] QString sentence(int row = 0) const
    {
        return m_model->index(row).data(Qt::AccessibleTextRole).toString();
    }
    [[nodiscard]] QImage picture(QStyle::State state = QStyle::State_Enabled) const;
    /// The darkness of a picture, summed over its points.
    [[nodiscard]] static qint64 ink(const QImage &picture);

    std::unique_ptr<DeskWorld> m_world;
    std::unique_ptr<ConversationListModel> m_model;
};

void RowPaintTest::init()
{
    m_world = std::make_unique<DeskWorld>();
    m_world->write(1);
    m_model = std::make_unique<ConversationListModel>(m_world->desk());
    ListQuery query;
    query.view = View::all;
    m_model->show(query);
    QTRY_COMPARE(m_model->rowCount(), 1);
    QTRY_VERIFY(m_model->record(m_model->conversationAt(0)));
}

void RowPaintTest::cleanup()
{
    m_model.reset();
    m_world.reset();
}

void RowPaintTest::change(const QString &sql)
{
    const auto done = m_world->desk().workspace().write<bool>(Urgency::interactive, [sql](Writing &w) -> Result<bool> {
        w.database().execute(sql);
        return true;
    });
    QVERIFY(done.result().has_value());
    m_model->refresh();
}

QImage RowPaintTest::picture(QStyle::State state) const
{
    const ConversationDelegate delegate(*m_model, m_world->clock());
    QStyleOptionViewItem option;
    option.font = QFont();
    option.fontMetrics = QFontMetrics(option.font);
    option.palette = QPalette(Qt::white);
    option.palette.setColor(QPalette::Text, Qt::black);
    option.state = state;
    option.rect = QRect(0, 0, 420, ConversationDelegate::rowHeight(option.font));
    QImage image(option.rect.size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    delegate.paint(&painter, option, m_model->index(0));
    return image;
}

qint64 RowPaintTest::ink(const QImage &picture)
{
    qint64 sum = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            sum += 255 - qGray(picture.pixel(x, y));
    }
    return sum;
}

void RowPaintTest::oneFactChangesTheRow_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("gone");
    QTest::addColumn<QString>("said");
    const auto set = [](const char *name, const char *what, const QString &gone, const QString &said) {
        QTest::newRow(name) << u"UPDATE conversation SET "_s + QString::fromLatin1(what) << gone << said;
    };
    QTest::newRow("seen") << u"INSERT OR REPLACE INTO seen (agent, conversation, message, at) "
                             "SELECT 1, id, newest_message, 1 FROM conversation"_s
                          << u"unseen"_s << QString();
    set("answered", "needs_answer = 0", u"needs an answer"_s, {});
    set("waiting", "status = 1", u"open"_s, u"waiting"_s);
    set("snoozed", "status = 2, snoozed_until = 1900000000000", u"open"_s, u"snoozed"_s);
    set("resolved", "status = 3, reason = 1", u"open"_s, u"resolved"_s);
    set("urgent", "priority = 3", {}, u"urgent"_s);
    set("private", "is_private = 1", {}, u"private"_s);
    set("given to somebody", "assignee = 2", {}, u"assigned to"_s);
    set("not delivered", "trouble = 1", {}, u"a reply was not delivered"_s);
    QTest::newRow("begun to answer") << u"INSERT INTO draft (agent, conversation, mode, device, text, content_warning, "
                                        "target, based_on, updated_at) SELECT 1, id, 0, '', 'We', '', 0, 0, 1 FROM "
                                        "conversation"_s
                                     << QString() << u"Draft"_s;
    set("another text", "snippet = 'It works again'", {}, u"It works again"_s);
    set("older", "last_message_at = last_message_at - 86400000", {}, {});
}

void RowPaintTest::oneFactChangesTheRow()
{
    QFETCH(QString, sql);
    QFETCH(QString, gone);
    QFETCH(QString, said);
    const QString before = sentence();
    const QImage then = picture();
    QVERIFY2(gone.isEmpty() || before.contains(gone), qPrintable(before));
    change(sql);
    QTRY_VERIFY(sentence() != before);
    QVERIFY2(gone.isEmpty() || !sentence().contains(gone), qPrintable(sentence()));
    QVERIFY2(sentence().contains(said), qPrintable(sentence()));
    QVERIFY(picture() != then);
}

void RowPaintTest::whatNeedsAnAnswerIsBold()
{
    QVERIFY(sentence().contains(u"needs an answer"_s));
    const qint64 bold = ink(picture());
    const QString before = sentence();
    change(u"UPDATE conversation SET needs_answer = 0"_s);
    QTRY_VERIFY(sentence() != before);
    QVERIFY(ink(picture()) < bold);
}

void RowPaintTest::onlyWhatIsOpenNeedsAnAnswer_data()
{
    QTest::addColumn<QString>("status");
    QTest::newRow("resolved") << u"status = 3"_s;
    QTest::newRow("snoozed") << u"status = 2, snoozed_until = 1900000000000"_s;
}

/// Nobody waits for one where it is done or put off, whoever wrote last.
void RowPaintTest::onlyWhatIsOpenNeedsAnAnswer()
{
    QFETCH(QString, status);
    const QString words = u"needs an answer"_s;
    QVERIFY2(sentence().contains(words), qPrintable(sentence()));
    change(u"UPDATE conversation SET "_s + status + u";"_s);
    QTRY_VERIFY2(!sentence().contains(words), qPrintable(sentence()));
    const qint64 now = ink(picture());
    change(u"UPDATE conversation SET needs_answer = 0;"_s);
    QTRY_VERIFY(!m_model->record(m_model->conversationAt(0))->needsAnswer);
    QCOMPARE(ink(picture()), now);
}

void RowPaintTest::whatIsSortedByWaitingSaysHowLong()
{
    using std::chrono::hours;
    const Time now = m_world->clock().now();
    change(u"UPDATE conversation SET status = 0, needs_answer = 1, waiting_since = %1, last_message_at = %2"_s
               .arg(toMs(now - hours(72)))
               .arg(toMs(now - std::chrono::minutes(2))));
    QTRY_VERIFY2(sentence().contains(u"2 min"_s), qPrintable(sentence()));
    const QImage then = picture();
    ListQuery query;
    query.view = View::open;
    query.order = ListOrder::longestWaiting;
    m_model->show(query);
    QTRY_COMPARE(m_model->state(), ConversationListModel::State::ready);
    QTRY_VERIFY2(sentence().contains(u"waits 3 d"_s), qPrintable(sentence()));
    QVERIFY(!sentence().contains(u"2 min"_s));
    QVERIFY(picture() != then);
    // Where nobody waits there is only the one age.
    change(u"UPDATE conversation SET waiting_since = 0"_s);
    QTRY_VERIFY2(sentence().contains(u"2 min"_s), qPrintable(sentence()));
}

void RowPaintTest::whatIsSortedByReachSaysHowMany()
{
    change(u"UPDATE conversation SET status = 0, followers = 12400"_s);
    const ConversationId id = m_model->conversationAt(0);
    QTRY_COMPARE(m_model->record(id)->followers, 12'400);
    const Time now = m_world->clock().now();
    QCOMPARE(m_model->edgeText(*m_model->record(id), now), m_model->timeText(*m_model->record(id), now));
    QVERIFY(!sentence().contains(u"followers"_s));
    const QImage then = picture();
    ListQuery query;
    query.view = View::open;
    query.order = ListOrder::reach;
    m_model->show(query);
    QTRY_COMPARE(m_model->state(), ConversationListModel::State::ready);
    // The whole number where there is room for it.
    QTRY_VERIFY2(sentence().contains(u"12,400 followers"_s), qPrintable(sentence()));
    QVERIFY(m_model->index(0).data(Qt::ToolTipRole).toString().contains(u"12,400 followers"_s));
    QCOMPARE(m_model->edgeText(*m_model->record(id), now), u"12k followers"_s);
    QVERIFY(picture() != then);
    // Of whom it is not known one reads when they wrote.
    change(u"UPDATE conversation SET followers = 0"_s);
    QTRY_VERIFY2(!sentence().contains(u"followers"_s), qPrintable(sentence()));
    QCOMPARE(picture(), then);
}

void RowPaintTest::manyFollowersAreShort_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("text");
    QTest::newRow("one") << 1 << u"1 follower"_s;
    QTest::newRow("all of them") << 999 << u"999 followers"_s;
    QTest::newRow("a thousand") << 1000 << u"1k followers"_s;
    QTest::newRow("with a tenth") << 1290 << u"1.2k followers"_s;
    QTest::newRow("without") << 12'999 << u"12k followers"_s;
    QTest::newRow("not yet a million") << 999'999 << u"999k followers"_s;
    QTest::newRow("millions") << 1'234'567 << u"1.2M followers"_s;
    QTest::newRow("the most") << std::numeric_limits<int>::max() << u"2,147M followers"_s;
}

void RowPaintTest::manyFollowersAreShort()
{
    QFETCH(int, count);
    QFETCH(QString, text);
    QCOMPARE(Wording::aboutFollowers(count), text);
}

void RowPaintTest::whatIsShownBesideIsSaid()
{
    change(u"UPDATE conversation SET status = 3, reason = 3"_s);
    QTRY_VERIFY2(sentence().contains(u"spam"_s, Qt::CaseInsensitive), qPrintable(sentence()));
    const Time until = timeFromMs(1'900'000'000'000);
    change(u"UPDATE conversation SET status = 2, reason = 0, snoozed_until = 1900000000000"_s);
    QTRY_VERIFY2(sentence().contains(u"until "_s + Wording::clockTime(until)), qPrintable(sentence()));
    change(u"UPDATE thread SET title = 'Fans that whistle'"_s);
    QTRY_VERIFY2(sentence().contains(u"Fans that whistle"_s), qPrintable(sentence()));
    // In its place stand the tags.
    QVERIFY(m_world->actAs(m_world->kim(), Act::AddTag{m_model->conversationAt(0), u"hardware"_s}).isApplied());
    QTRY_VERIFY2(sentence().contains(u"hardware"_s), qPrintable(sentence()));
    QVERIFY(!sentence().contains(u"Fans that whistle"_s));
}

/// Where the list is grouped one sees, and hears, where a thread ends.
void RowPaintTest::threadsAreApart()
{
    m_world->write(1);
    ListQuery query;
    query.view = View::open;
    m_model->show(query);
    const auto isThere = [this] {
        return m_model->state() == ConversationListModel::State::ready && m_model->rowCount() == 2 &&
               m_model->record(m_model->conversationAt(0)) && m_model->record(m_model->conversationAt(1));
    };
    QTRY_VERIFY(isThere());
    const auto inkBelow = [this] {
        const QImage row = picture();
        return ink(row.copy(0, row.height() - 2, row.width(), 2));
    };
    const qint64 thin = inkBelow();
    QVERIFY(!m_model->beginsThread(1));
    query.isGrouped = true;
    m_model->show(query);
    QTRY_VERIFY(isThere() && m_model->beginsThread(1));
    QVERIFY(inkBelow() > 2 * thin);
    QVERIFY2(!sentence(1).contains(u"same thread as above"_s), qPrintable(sentence(1)));
    change(u"UPDATE conversation SET thread = (SELECT min(thread) FROM conversation)"_s);
    QTRY_VERIFY(!m_model->beginsThread(1));
    QCOMPARE(inkBelow(), thin);
    QTRY_VERIFY2(sentence(1).contains(u"same thread as above"_s), qPrintable(sentence(1)));
    QVERIFY(!sentence(0).contains(u"same thread as above"_s));
}

void RowPaintTest::markIsSeenAndSaid()
{
    const QImage then = picture();
    m_model->setMarked(m_model->conversationAt(0), true);
    QVERIFY(sentence().contains(u"marked"_s));
    QVERIFY(picture() != then);
    QVERIFY(picture() != picture(QStyle::State_Enabled | QStyle::State_Selected));
}

void RowPaintTest::whatLeftIsGreyAndSaysWhy()
{
    ListQuery query;
    query.view = View::unassigned;
    m_model->show(query);
    QTRY_COMPARE(m_model->state(), ConversationListModel::State::ready);
    QTRY_COMPARE(m_model->rowCount(), 1);
    m_model->setFrozen(true);
    const QImage then = picture();
    const ConversationId id = m_model->conversationAt(0);
    QVERIFY(m_world->actAs(m_world->kim(), Act::Claim{id}).isApplied());
    QTRY_VERIFY(sentence().contains(u"took this"_s));
    QVERIFY(picture() != then);
    QVERIFY(ink(picture()) < ink(then));
}

QTEST_MAIN(RowPaintTest)
#include "tst_rowpaint.moc"
