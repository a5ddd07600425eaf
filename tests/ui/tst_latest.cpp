// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/scriptedservice.h"
#include "tests/ui/talkworld.h"
#include "ui/settings/connectdialog.h"
#include "ui/shell/translations.h"

#include <QDesktopServices>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace Earshot;
using namespace Qt::StringLiterals;

/// The latest five items of what is about to be connected, as proof, also of what needs a sign-in.
class LatestTest final : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void onPage(const QUrl &) {}

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();
    void leavingThePasswordShowsThem();
    void theBrowserShowsThem();
    void theSameIsReadOnce();
    void theButtonReadsAgain();
    void whoeverConnectsIsNotReadFor();
    void whatIsPressedBelowIsNotReadFor();
    void anEarlierAnswerIsForgotten();
    void everyStateIsSaid_data();
    void everyStateIsSaid();
    void failureStopsNobody();
    void longReasonIsReadWhole();
    void nothingIsAskedForWhereNothingIsNeeded();

private:
    template <class T>
    [[nodiscard]] T *in(const char *name) const
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }
    void choose(const Finding &finding);
    [[nodiscard]] QString first() const;
    void typePassword(const QString &text) { QTest::keyClicks(in<QLineEdit>("signInPassword"), text); }

    std::unique_ptr<TalkWorld> m_world;
    std::unique_ptr<ScriptedService> m_service;
    std::unique_ptr<ConnectDialog> m_dialog;
};

namespace {

Finding account()
{
    Finding finding;
    finding.network = Network::mastodon;
    finding.address = u"@acme@social.example"_s;
    finding.name = u"Acme"_s;
    finding.what = u"account"_s;
    finding.canAnswer = finding.needsSignIn = finding.isBest = true;
    return finding;
}

Finding blog()
{
    Finding finding = account();
    finding.network = Network::wordpress;
    finding.address = u"https://blog.example"_s;
    finding.what = u"comments"_s;
    finding.needsSignIn = false;
    finding.needsUser = finding.needsPassword = true;
    return finding;
}

RemoteMessage said(const QString &who, const QString &text)
{
    RemoteMessage message;
    message.author.name = who;
    message.text = text;
    return message;
}

} // namespace

void LatestTest::initTestCase()
{
    installTranslations(*qApp);
    QDesktopServices::setUrlHandler(u"https"_s, this, "onPage");
}

void LatestTest::cleanupTestCase()
{
    QDesktopServices::unsetUrlHandler(u"https"_s);
}

void LatestTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    m_service = std::make_unique<ScriptedService>();
    m_dialog = std::make_unique<ConnectDialog>(m_world->desk(), *m_service, QList<ChannelRecord>());
    m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    m_dialog->show();
    m_dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void LatestTest::cleanup()
{
    m_dialog.reset();
    m_service.reset();
    m_world.reset();
}

/// As far as the page that asks for the sign-in; what everybody reads there has been answered.
void LatestTest::choose(const Finding &finding)
{
    QTest::keyClicks(in<QLineEdit>("connectAddress"), u"acme"_s);
    QTest::keyClick(in<QLineEdit>("connectAddress"), Qt::Key_Return);
    m_service->discovery.answer(QList<Finding>{finding});
    QTRY_COMPARE(in<QListWidget>("connectFound")->count(), 1);
    QTest::keyClick(in<QListWidget>("connectFound"), Qt::Key_Return);
    QVERIFY(m_service->previewing.isOpen());
    QCOMPARE(m_service->previewed.size(), 1);
    QVERIFY(m_service->previewed.constFirst().secret.isEmpty());
    m_service->previewing.answer(fail(ErrorKind::authExpired));
    QTRY_COMPARE(first(), u"Visible after signing in."_s);
}

QString LatestTest::first() const
{
    const QListWidgetItem *item = in<QListWidget>("connectPreview")->item(0);
    return item ? item->text() : QString();
}

void LatestTest::leavingThePasswordShowsThem()
{
    choose(blog());
    QTest::keyClicks(in<QLineEdit>("signInUser"), u"desk"_s);
    QTest::keyClick(in<QLineEdit>("signInUser"), Qt::Key_Tab);
    typePassword(u"abcd efgh"_s);
    // Nothing of a password that is being typed goes anywhere.
    QCoreApplication::processEvents();
    QCOMPARE(m_service->previewed.size(), 1);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 2);
    QCOMPARE(m_service->previewed.constLast().finding, blog());
    QCOMPARE(m_service->previewed.constLast().user, u"desk"_s);
    QCOMPARE(m_service->previewed.constLast().secret.reveal(), QByteArrayLiteral("abcd efgh"));
    QCOMPARE(first(), u"Reading…"_s);
    QList<RemoteMessage> messages;
    for (int i = 5; i >= 1; --i)
        messages.append(said(u"Mira Holm"_s, u"Question %1"_s.arg(i)));
    m_service->previewing.answer(messages);
    QTRY_COMPARE(in<QListWidget>("connectPreview")->count(), 5);
    QVERIFY(first().contains(u"Mira Holm"_s) && first().contains(u"Question 5"_s));
    QVERIFY(in<QPushButton>("connectNext")->isEnabled());
}

void LatestTest::theBrowserShowsThem()
{
    choose(account());
    QTest::mouseClick(in<QPushButton>("signInBrowser"), Qt::LeftButton);
    m_service->signingIn.answer(Secret(QByteArrayLiteral("token")));
    QTRY_COMPARE(m_service->previewed.size(), 2);
    QCOMPARE(m_service->previewed.constLast().secret.reveal(), QByteArrayLiteral("token"));
    m_service->previewing.answer(QList<RemoteMessage>{said(u"Jo"_s, u"@acme hello"_s)});
    QTRY_VERIFY(first().contains(u"@acme hello"_s));
    // The sign-in is as it was: it is what the channel is connected with.
    QTest::mouseClick(in<QPushButton>("connectNext"), Qt::LeftButton);
    QVERIFY(m_service->added);
    QCOMPARE(m_service->added->secret.reveal(), QByteArrayLiteral("token"));
}

void LatestTest::theSameIsReadOnce()
{
    choose(account());
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 2);
    in<QLineEdit>("signInPassword")->setFocus();
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QCoreApplication::processEvents();
    QCOMPARE(m_service->previewed.size(), 2);
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"2"_s);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 3);
}

void LatestTest::theButtonReadsAgain()
{
    choose(account());
    auto *read = in<QPushButton>("connectRead");
    QVERIFY(read->isVisible());
    QVERIFY(!read->isEnabled());
    QCOMPARE(read->accessibleName(), u"Show the latest items with this sign-in"_s);
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    QVERIFY(read->isEnabled());
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 2);
    m_service->previewing.answer(fail(ErrorKind::transient));
    QTRY_VERIFY(first().contains(u"Nothing answers there"_s));
    read->setFocus();
    QTest::keyClick(read, Qt::Key_Space);
    QCOMPARE(m_service->previewed.size(), 3);
    m_service->previewing.answer(QList<RemoteMessage>{said(u"Jo"_s, u"@acme hello"_s)});
    QTRY_VERIFY(first().contains(u"@acme hello"_s));
}

void LatestTest::whoeverConnectsIsNotReadFor()
{
    choose(account());
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Return);
    QVERIFY(m_service->added);
    QCoreApplication::processEvents();
    QCOMPARE(m_service->previewed.size(), 1);
    QVERIFY(!in<QPushButton>("connectRead")->isEnabled());
    // What is refused can be looked at again.
    m_service->adding.answer(fail(ErrorKind::authExpired));
    QTRY_VERIFY(in<QPushButton>("connectRead")->isEnabled());
}

void LatestTest::whatIsPressedBelowIsNotReadFor()
{
    choose(account());
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    in<QPushButton>("connectBack")->setFocus();
    QCoreApplication::processEvents();
    QCOMPARE(m_service->previewed.size(), 1);
}

void LatestTest::anEarlierAnswerIsForgotten()
{
    choose(account());
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 2);
    const auto late = m_service->previewing;
    QTest::mouseClick(in<QPushButton>("connectRead"), Qt::LeftButton);
    QCOMPARE(m_service->previewed.size(), 3);
    m_service->previewing.answer(QList<RemoteMessage>{said(u"Jo"_s, u"the later"_s)});
    QTRY_VERIFY(first().contains(u"the later"_s));
    late.answer(QList<RemoteMessage>{said(u"Jo"_s, u"the earlier"_s)});
    QCoreApplication::processEvents();
    QVERIFY(first().contains(u"the later"_s));
}

void LatestTest::everyStateIsSaid_data()
{
    QTest::addColumn<bool>("isEmpty");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("none yet") << true << ErrorKind::unknown << u"Nobody has written there yet."_s;
    QTest::newRow("wrong") << false << ErrorKind::authExpired
                           << u"The network does not accept this sign-in. Check it, then try again."_s;
    QTest::newRow("another") << false << ErrorKind::otherAccount
                             << u"This is the sign-in of another account, so nothing was changed."_s;
    QTest::newRow("older server") << false << ErrorKind::unsupported
                                  << u"They cannot be shown before it is connected."_s;
    QTest::newRow("not reached") << false << ErrorKind::transient
                                 << u"Nothing answers there. Check the address and your connection, then try again."_s;
}

void LatestTest::everyStateIsSaid()
{
    QFETCH(const bool, isEmpty);
    QFETCH(const ErrorKind, kind);
    choose(account());
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 2);
    if (isEmpty)
        m_service->previewing.answer(QList<RemoteMessage>());
    else
        m_service->previewing.answer(fail(kind));
    QTRY_VERIFY(first() != u"Reading…"_s);
    QTEST(first(), "sentence");
    QCOMPARE(in<QListWidget>("connectPreview")->count(), 1);
}

void LatestTest::failureStopsNobody()
{
    choose(account());
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 2);
    // Neither while it is read nor after it has failed.
    QVERIFY(in<QPushButton>("connectNext")->isEnabled());
    m_service->previewing.answer(fail(ErrorKind::malformed));
    QTRY_VERIFY(first() != u"Reading…"_s);
    QTest::mouseClick(in<QPushButton>("connectNext"), Qt::LeftButton);
    QVERIFY(m_service->added);
    m_service->adding.answer(ChannelId(7));
    QTRY_VERIFY(!m_dialog->isVisible());
}

void LatestTest::longReasonIsReadWhole()
{
    choose(account());
    in<QLineEdit>("signInPassword")->setFocus();
    typePassword(u"token"_s);
    QTest::keyClick(in<QLineEdit>("signInPassword"), Qt::Key_Tab);
    QTRY_COMPARE(m_service->previewed.size(), 2);
    m_service->previewing.answer(fail(ErrorKind::permission, u"the token lacks the scope "_s.repeated(9)));
    auto *list = in<QListWidget>("connectPreview");
    QTRY_VERIFY(first().contains(u"lacks the scope"_s));
    QVERIFY(list->visualItemRect(list->item(0)).height() > list->fontMetrics().height() * 2);
}

void LatestTest::nothingIsAskedForWhereNothingIsNeeded()
{
    Finding feed;
    feed.address = u"https://blog.example/feed"_s;
    feed.what = u"posts"_s;
    choose(feed);
    QVERIFY(!in<QPushButton>("connectRead")->isVisible());
    QTest::keyClick(in<QLineEdit>("connectName"), Qt::Key_Tab);
    in<QSpinBox>("connectDays")->setFocus();
    QCoreApplication::processEvents();
    QCOMPARE(m_service->previewed.size(), 1);
}

QTEST_MAIN(LatestTest)
#include "tst_latest.moc"
