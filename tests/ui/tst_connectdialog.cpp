// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/scriptedservice.h"
#include "tests/ui/talkworld.h"
#include "ui/settings/connectdialog.h"
#include "ui/settings/givenupconnections.h"
#include "ui/settings/signinpanel.h"
#include "ui/shell/plainlabel.h"
#include "ui/shell/translations.h"
#include "workspace/queries.h"

#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <algorithm>

using namespace Earshot;

/// A channel is connected, on networks that answer what the test says; signed in to, and given up meanwhile.
class ConnectDialogTest final : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void onPage(const QUrl &page) { m_pages.append(page); }

private Q_SLOTS:
    void initTestCase() { installTranslations(*qApp); }
    void init();
    void cleanup();
    void pastedAddressIsFoundAndConnected();
    void workBeginsOnADay();
    void twoWaysToTheSameAreTold();
    void accountIsAskedWhoseItIs();
    void nothingFoundSaysSo();
    void failedDiscoverySaysWhat();
    void backForgetsTheAnswerUnderWay();
    void passwordIsNeededBeforeConnecting();
    void duplicateIsExplained();
    void signsInWithTheBrowser();
    void oneOfTwoWaysSuffices();
    void signInCanBeGivenUp();
    void cancelledConnectionIsTakenBack();
    void connectionThatStaysIsSaid();
    void connectionThatStaysIsSaidAtTheNextStart();
    void lostAnswerLeavesAGivenUpConnectionOpen_data();
    void lostAnswerLeavesAGivenUpConnectionOpen();
    void anotherOnesErrorSettlesNothing();
    void whatIsConnectedIsNotConnectedTwice();

private:
    template <class T>
    [[nodiscard]] T *in(QWidget *dialog, const char *name) const
    {
        return dialog->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] static QMessageBox *staysBox()
    {
        const QWidgetList all = QApplication::topLevelWidgets();
        const auto found = std::find_if(all.cbegin(), all.cend(), [](const QWidget *one) {
            return one->objectName() == QLatin1StringView("connectStays") && one->isVisible();
        });
        return found == all.cend() ? nullptr : qobject_cast<QMessageBox *>(*found);
    }
    [[nodiscard]] std::unique_ptr<ConnectDialog> connectDialog(const QList<ChannelRecord> &connected = {})
    {
        auto dialog = std::make_unique<ConnectDialog>(m_world->desk(), *m_service, connected);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        return dialog;
    }
    /// Connects it and presses Escape before it is answered.
    [[nodiscard]] std::unique_ptr<ConnectDialog> giveUp(const Finding &finding);
    [[nodiscard]] QString givenUp();
    void find(ConnectDialog &dialog, const QList<Finding> &findings)
    {
        QTest::keyClicks(in<QLineEdit>(&dialog, "connectAddress"), QStringLiteral("blog.example"));
        QTest::keyClick(in<QLineEdit>(&dialog, "connectAddress"), Qt::Key_Return);
        QVERIFY(m_service->discovery.isOpen());
        m_service->discovery.answer(findings);
        QTRY_COMPARE(in<QListWidget>(&dialog, "connectFound")->count(), int(findings.size()));
    }

    std::unique_ptr<TalkWorld> m_world;
    std::unique_ptr<ScriptedService> m_service;
    QList<QUrl> m_pages;
};

namespace {

Finding blog()
{
    Finding finding;
    finding.network = Network::wordpress;
    finding.address = QStringLiteral("https://blog.example");
    finding.name = QStringLiteral("Example Blog");
    finding.what = QStringLiteral("comments");
    finding.canAnswer = true;
    finding.canModerate = true;
    finding.needsUser = true;
    finding.needsPassword = true;
    finding.isBest = true;
    return finding;
}

Finding feed()
{
    Finding finding;
    finding.address = QStringLiteral("https://blog.example/comments/feed");
    finding.name = QStringLiteral("Comments");
    finding.what = QStringLiteral("comments");
    finding.sameAs = QStringLiteral("https://blog.example");
    return finding;
}

} // namespace

void ConnectDialogTest::init()
{
    m_world = std::make_unique<TalkWorld>();
    m_service = std::make_unique<ScriptedService>();
    m_pages.clear();
    QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "onPage");
}

void ConnectDialogTest::cleanup()
{
    QDesktopServices::unsetUrlHandler(QStringLiteral("https"));
    m_service.reset();
    m_world.reset();
}

void ConnectDialogTest::pastedAddressIsFoundAndConnected()
{
    const auto dialog = connectDialog();
    auto *next = in<QPushButton>(dialog.get(), "connectNext");
    QVERIFY(!next->isEnabled());
    find(*dialog, {feed(), blog()});
    QCOMPARE(m_service->asked, QStringList{QStringLiteral("blog.example")});
    // The best one is chosen; each says what it can and needs.
    auto *found = in<QListWidget>(dialog.get(), "connectFound");
    QCOMPARE(found->currentRow(), 1);
    QVERIFY(found->item(1)->text().contains(QStringLiteral("best")));
    QVERIFY(found->item(1)->text().contains(QStringLiteral("answer, moderate")));
    QVERIFY(found->item(0)->text().contains(QStringLiteral("Needs: nothing")));
    found->setCurrentRow(0);
    QTest::mouseClick(next, Qt::LeftButton);
    RemoteMessage message;
    message.author.name = QStringLiteral("Mira Holm");
    message.text = QStringLiteral("Lovely article");
    message.sentAt = m_world->clock().now();
    m_service->previewing.answer(QList<RemoteMessage>{message});
    auto *preview = in<QListWidget>(dialog.get(), "connectPreview");
    QTRY_VERIFY(preview->item(0)->text().contains(QStringLiteral("Lovely article")));
    in<QSpinBox>(dialog.get(), "connectDays")->setValue(7);
    in<QLineEdit>(dialog.get(), "connectName")->setText(QStringLiteral("Our blog"));
    QSignalSpy connected(dialog.get(), &ConnectDialog::connected);
    QTest::mouseClick(next, Qt::LeftButton);
    QVERIFY(m_service->added);
    QCOMPARE(m_service->added->finding, feed());
    QCOMPARE(m_service->added->name, QStringLiteral("Our blog"));
    QCOMPARE(m_service->added->horizon, m_world->clock().now() - std::chrono::hours(24 * 7));
    QCOMPARE(m_service->added->workSince, m_world->clock().now());
    QVERIFY(!next->isEnabled());
    m_service->adding.answer(ChannelId(7));
    QTRY_COMPARE(connected.size(), 1);
    QTRY_VERIFY(!dialog->isVisible());
}

void ConnectDialogTest::workBeginsOnADay()
{
    const auto dialog = connectDialog();
    find(*dialog, {feed()});
    auto *next = in<QPushButton>(dialog.get(), "connectNext");
    QTest::mouseClick(next, Qt::LeftButton);
    auto *work = in<QComboBox>(dialog.get(), "connectWork");
    work->setCurrentIndex(work->findText(QStringLiteral("From a day on"), Qt::MatchStartsWith));
    auto *day = in<QDateEdit>(dialog.get(), "connectWorkDate");
    QVERIFY(day && day->isVisible());
    day->setDate(day->maximumDate().addDays(-3));
    QTest::mouseClick(next, Qt::LeftButton);
    QCOMPARE(m_service->added->workSince, timeFrom(day->date().startOfDay()));
    QVERIFY(!m_service->added->isWorkSinceAgo);
}

void ConnectDialogTest::twoWaysToTheSameAreTold()
{
    const auto dialog = connectDialog();
    find(*dialog, {feed(), blog()});
    QVERIFY(in<QListWidget>(dialog.get(), "connectFound")
                ->item(0)
                ->text()
                .contains(QStringLiteral("Delivers the same as https://blog.example")));
}

/// "@name@host" is the brand's own account, or somebody's to whom it listens.
void ConnectDialogTest::accountIsAskedWhoseItIs()
{
    Finding own;
    own.network = Network::mastodon;
    own.address = QStringLiteral("@acme@social.example");
    own.name = QStringLiteral("Acme");
    own.what = QStringLiteral("account");
    own.canAnswer = own.needsSignIn = own.isBest = true;
    Finding heard;
    heard.network = Network::mastodon;
    heard.address = heard.name = own.address;
    heard.what = QStringLiteral("posts");
    const auto dialog = connectDialog();
    find(*dialog, {own, heard});
    auto *question = in<QWidget>(dialog.get(), "connectQuestion");
    QVERIFY(question->isVisible());
    QCOMPARE(in<PlainLabel>(dialog.get(), "connectQuestion")->text(),
             QStringLiteral("Is this you, or do you want to listen to it?"));
    auto *found = in<QListWidget>(dialog.get(), "connectFound");
    QCOMPARE(found->accessibleName(), QStringLiteral("Is this you, or do you want to listen to it?"));
    const auto first = [found](int row) {
        static const QRegularExpression isolation(QStringLiteral("[\u2068\u2069]"));
        return found->item(row)->text().section(u'\n', 0, 0).remove(isolation);
    };
    QCOMPARE(first(0), QStringLiteral("This is us: sign in to answer as @acme@social.example"));
    QCOMPARE(first(1), QStringLiteral("Listen only: read what @acme@social.example posts"));
    // By the keyboard: the second one needs nothing.
    QCOMPARE(dialog->focusWidget(), found);
    QTest::keyClick(found, Qt::Key_Down);
    QTest::keyClick(found, Qt::Key_Return);
    m_service->previewing.answer(QList<RemoteMessage>());
    QTRY_VERIFY(in<QPushButton>(dialog.get(), "connectNext")->text() == QStringLiteral("Connect"));
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QVERIFY(m_service->added);
    QCOMPARE(m_service->added->finding, heard);
    m_service->adding.answer(ChannelId(7));
    QTRY_VERIFY(!dialog->isVisible());
    // Nothing is asked of what is there already.
    ChannelRecord there;
    there.address = own.address;
    const auto connected = connectDialog({there});
    find(*connected, {own, heard, feed()});
    QVERIFY(!in<QWidget>(connected.get(), "connectQuestion")->isVisible());
    // Nor of what is only one thing.
    const auto other = connectDialog();
    find(*other, {feed(), blog(), own});
    QVERIFY(!in<QWidget>(other.get(), "connectQuestion")->isVisible());
    QCOMPARE(in<QListWidget>(other.get(), "connectFound")->accessibleName(), QStringLiteral("What we found"));
}

void ConnectDialogTest::nothingFoundSaysSo()
{
    const auto dialog = connectDialog();
    QTest::keyClicks(in<QLineEdit>(dialog.get(), "connectAddress"), QStringLiteral("nowhere.example"));
    QTest::keyClick(in<QLineEdit>(dialog.get(), "connectAddress"), Qt::Key_Return);
    m_service->discovery.answer(QList<Finding>());
    QTRY_VERIFY(in<PlainLabel>(dialog.get(), "connectState")->text().contains(QStringLiteral("Nothing was found")));
    QVERIFY(in<QPushButton>(dialog.get(), "connectNext")->isEnabled());
}

void ConnectDialogTest::failedDiscoverySaysWhat()
{
    const auto dialog = connectDialog();
    QTest::keyClicks(in<QLineEdit>(dialog.get(), "connectAddress"), QStringLiteral("down.example"));
    QTest::keyClick(in<QLineEdit>(dialog.get(), "connectAddress"), Qt::Key_Return);
    QVERIFY(in<PlainLabel>(dialog.get(), "connectState")->text().contains(QStringLiteral("Looking")));
    m_service->discovery.answer(fail(ErrorKind::transient));
    QTRY_VERIFY(!in<PlainLabel>(dialog.get(), "connectState")->text().contains(QStringLiteral("Looking")));
    QVERIFY(!in<PlainLabel>(dialog.get(), "connectState")->text().isEmpty());
    QVERIFY(in<QLineEdit>(dialog.get(), "connectAddress")->isVisible());
}

void ConnectDialogTest::backForgetsTheAnswerUnderWay()
{
    const auto dialog = connectDialog();
    find(*dialog, {feed()});
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    const auto late = m_service->previewing;
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectBack"), Qt::LeftButton);
    QVERIFY(in<QListWidget>(dialog.get(), "connectFound")->isVisible());
    late.answer(fail(ErrorKind::transient));
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectBack"), Qt::LeftButton);
    QVERIFY(in<QLineEdit>(dialog.get(), "connectAddress")->isVisible());
    QVERIFY(in<PlainLabel>(dialog.get(), "connectState")->text().isEmpty());
}

void ConnectDialogTest::passwordIsNeededBeforeConnecting()
{
    const auto dialog = connectDialog();
    find(*dialog, {blog()});
    auto *next = in<QPushButton>(dialog.get(), "connectNext");
    QTest::mouseClick(next, Qt::LeftButton);
    QVERIFY(!next->isEnabled());
    QTest::keyClicks(in<QLineEdit>(dialog.get(), "signInUser"), QStringLiteral("desk"));
    QVERIFY(!next->isEnabled());
    QTest::keyClicks(in<QLineEdit>(dialog.get(), "signInPassword"), QStringLiteral("abcd efgh"));
    QVERIFY(next->isEnabled());
    QCOMPARE(in<QLineEdit>(dialog.get(), "signInPassword")->echoMode(), QLineEdit::Password);
    QTest::mouseClick(next, Qt::LeftButton);
    QVERIFY(m_service->added);
    QCOMPARE(m_service->added->user, QStringLiteral("desk"));
    QCOMPARE(m_service->added->secret.reveal(), QByteArrayLiteral("abcd efgh"));
    // What the network refuses is said here, and nothing typed is lost.
    m_service->adding.answer(fail(ErrorKind::authExpired));
    QTRY_VERIFY(next->isEnabled());
    QVERIFY(!in<PlainLabel>(dialog.get(), "connectState")->text().isEmpty());
    QCOMPARE(in<QLineEdit>(dialog.get(), "signInUser")->text(), QStringLiteral("desk"));
}

void ConnectDialogTest::duplicateIsExplained()
{
    const auto dialog = connectDialog();
    find(*dialog, {feed()});
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    m_service->adding.answer(fail(ErrorKind::duplicate));
    QTRY_COMPARE(in<PlainLabel>(dialog.get(), "connectState")->text(), QStringLiteral("This is connected already."));
}

void ConnectDialogTest::signsInWithTheBrowser()
{
    SignInPanel panel(*m_service);
    Finding finding = blog();
    finding.network = Network::mastodon;
    finding.needsUser = finding.needsPassword = false;
    finding.needsSignIn = true;
    panel.show(finding);
    panel.QWidget::show();
    QVERIFY(!panel.isComplete());
    QVERIFY(!in<QLineEdit>(&panel, "signInUser")->isVisible());
    QTest::mouseClick(in<QPushButton>(&panel, "signInBrowser"), Qt::LeftButton);
    QVERIFY(m_service->signingIn.isOpen());
    const QUrl page(QStringLiteral("https://social.example/oauth/authorize?state=7"));
    Q_EMIT m_service->signInPageReady(page);
    QCOMPARE(m_pages, QList<QUrl>{page});
    QCOMPARE(in<QLineEdit>(&panel, "signInPage")->text(), page.toString());
    m_service->signingIn.answer(Secret(QByteArrayLiteral("token")));
    QTRY_VERIFY(panel.isComplete());
    QCOMPARE(panel.secret().reveal(), QByteArrayLiteral("token"));
    QVERIFY(!in<QLineEdit>(&panel, "signInPage")->isVisible());
}

void ConnectDialogTest::oneOfTwoWaysSuffices()
{
    SignInPanel panel(*m_service);
    Finding finding;
    finding.network = Network::bluesky;
    finding.needsUser = finding.needsPassword = finding.needsSignIn = true;
    panel.show(finding);
    panel.QWidget::show();
    QVERIFY(in<QPushButton>(&panel, "signInBrowser")->isVisible());
    QCOMPARE(in<QLineEdit>(&panel, "signInPassword")->accessibleName(), QStringLiteral("Or an application password"));
    QTest::keyClicks(in<QLineEdit>(&panel, "signInPassword"), QStringLiteral("app-pass"));
    QVERIFY(!panel.isComplete());
    QTest::keyClicks(in<QLineEdit>(&panel, "signInUser"), QStringLiteral("brand"));
    QVERIFY(panel.isComplete());
    panel.show(finding);
    QTest::mouseClick(in<QPushButton>(&panel, "signInBrowser"), Qt::LeftButton);
    m_service->signingIn.answer(Secret(QByteArrayLiteral("token")));
    QTRY_VERIFY(panel.isComplete());
    QCOMPARE(panel.user(), QString());
}

void ConnectDialogTest::signInCanBeGivenUp()
{
    auto panel = std::make_unique<SignInPanel>(*m_service);
    Finding finding;
    finding.needsSignIn = true;
    panel->show(finding);
    QTest::mouseClick(in<QPushButton>(panel.get(), "signInBrowser"), Qt::LeftButton);
    QTest::mouseClick(in<QPushButton>(panel.get(), "signInBrowser"), Qt::LeftButton);
    QCOMPARE(m_service->cancelled, 1);
    QTRY_VERIFY(in<QPushButton>(panel.get(), "signInBrowser")->text().contains(QStringLiteral("Sign in")));
    QVERIFY(!panel->isComplete());
    // A closed dialog does not leave a waiting sign-in behind.
    QTest::mouseClick(in<QPushButton>(panel.get(), "signInBrowser"), Qt::LeftButton);
    panel.reset();
    QCOMPARE(m_service->cancelled, 2);
}

void ConnectDialogTest::cancelledConnectionIsTakenBack()
{
    for (const bool isEscape : {false, true}) {
        m_service->removed = ChannelId();
        auto dialog = connectDialog();
        find(*dialog, {feed()});
        QSignalSpy connected(dialog.get(), &ConnectDialog::connected);
        QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
        QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
        QVERIFY(m_service->adding.isOpen());
        // There is no going back to the list meanwhile, only away.
        QVERIFY(!in<QPushButton>(dialog.get(), "connectBack")->isEnabled());
        if (isEscape)
            QTest::keyClick(dialog.get(), Qt::Key_Escape);
        else
            QTest::mouseClick(dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Cancel),
                              Qt::LeftButton);
        QVERIFY(!dialog->isVisible());
        if (isEscape)
            dialog.reset();
        m_service->adding.answer(ChannelId(77));
        QTRY_COMPARE(m_service->removed, ChannelId(77));
        QCOMPARE(connected.size(), 0);
        m_service->removing.answer(Done());
    }
}

void ConnectDialogTest::connectionThatStaysIsSaid()
{
    auto dialog = connectDialog();
    find(*dialog, {feed()});
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    m_service->adding.answer(ChannelId(77));
    QTRY_COMPARE(m_service->removed, ChannelId(77));
    m_service->removing.answer(fail(ErrorKind::io));
    QTRY_VERIFY(staysBox());
    QVERIFY2(staysBox()->text().contains(QStringLiteral("could not be taken back")), qPrintable(staysBox()->text()));
    QVERIFY(staysBox()->informativeText().contains(QStringLiteral("can be removed")));
    QTest::keyClick(staysBox(), Qt::Key_Escape);
    QTRY_VERIFY(!staysBox());
}

std::unique_ptr<ConnectDialog> ConnectDialogTest::giveUp(const Finding &finding)
{
    auto dialog = connectDialog();
    find(*dialog, {finding});
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    return dialog;
}

/// As the next start finds it.
QString ConnectDialogTest::givenUp()
{
    if (!m_world->desk().flushPersonal().result())
        return QStringLiteral("not written");
    return m_world->desk()
        .workspace()
        .readNow<QString>([this](Database &database) {
            return loadSetting(database, m_world->desk().me(), QStringLiteral("connect.givenUp"));
        })
        .value();
}

void ConnectDialogTest::lostAnswerLeavesAGivenUpConnectionOpen_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<bool>("isOpen");
    QTest::addRow("no answer") << ErrorKind::transient << true;
    QTest::addRow("the desk ended") << ErrorKind::cancelled << true;
    QTest::addRow("not allowed") << ErrorKind::permission << false;
    QTest::addRow("there already") << ErrorKind::duplicate << false;
}

void ConnectDialogTest::lostAnswerLeavesAGivenUpConnectionOpen()
{
    QFETCH(ErrorKind, kind);
    QFETCH(bool, isOpen);
    const auto dialog = giveUp(feed());
    m_service->adding.answer(fail(kind));
    // Of two answers the second is heard later.
    Finding other = feed();
    other.address = QStringLiteral("https://other.example/feed");
    const auto later = giveUp(other);
    QVERIFY(givenUp().contains(other.address));
    m_service->adding.answer(fail(ErrorKind::permission));
    QTRY_VERIFY(!givenUp().contains(other.address));
    QCOMPARE(givenUp().contains(feed().address), isOpen);
}

void ConnectDialogTest::anotherOnesErrorSettlesNothing()
{
    const auto first = giveUp(feed());
    const auto adding = m_service->adding;
    const auto second = giveUp(feed());
    // It is there already: the first one's.
    m_service->adding.answer(fail(ErrorKind::duplicate));
    adding.answer(ChannelId(77));
    QTRY_COMPARE(m_service->removed, ChannelId(77));
    QVERIFY(givenUp().contains(feed().address));
    m_service->removing.answer(Done());
    QTRY_COMPARE(givenUp(), QStringLiteral("{}"));
}

void ConnectDialogTest::connectionThatStaysIsSaidAtTheNextStart()
{
    const QList<ChannelRecord> channels =
        m_world->desk()
            .workspace()
            .readNow<QList<ChannelRecord>>([](Database &database) { return loadChannels(database); })
            .value();
    QWidget window;
    const auto start = [&] {
        // What ends the program waits for it.
        QVERIFY(m_world->desk().flushPersonal().result());
        delete m_world->desk().findChild<GivenUpConnections *>();
        GivenUpConnections::of(m_world->desk()).tellOfThoseThatStay(&window);
    };
    // It arrives, and what takes it back does not come to an end.
    Finding finding = feed();
    finding.address = channels.constFirst().address;
    auto dialog = connectDialog();
    find(*dialog, {finding});
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QTest::mouseClick(in<QPushButton>(dialog.get(), "connectNext"), Qt::LeftButton);
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    start();
    QTRY_VERIFY(staysBox());
    QVERIFY(staysBox()->text().contains(finding.name));
    QVERIFY(staysBox()->informativeText().contains(QStringLiteral("ended meanwhile")));
    QTest::keyClick(staysBox(), Qt::Key_Escape);
    QTRY_VERIFY(!staysBox());
    // Once.
    QTRY_COMPARE(givenUp(), QStringLiteral("{}"));
}

void ConnectDialogTest::whatIsConnectedIsNotConnectedTwice()
{
    ChannelRecord channel;
    channel.name = QStringLiteral("Our blog");
    channel.address = blog().address;
    Finding other = blog();
    other.address = QStringLiteral("https://blog.example/de");
    other.isBest = false;
    const auto at = [this](ConnectDialog &dialog, int row) {
        return in<QListWidget>(&dialog, "connectFound")->item(row);
    };
    {
        const auto dialog = connectDialog({channel});
        find(*dialog, {feed(), blog(), other});
        QVERIFY(at(*dialog, 0)->text().contains(QStringLiteral("Our blog")));
        QVERIFY(!(at(*dialog, 0)->flags() & Qt::ItemIsEnabled));
        QVERIFY(!(at(*dialog, 1)->flags() & Qt::ItemIsEnabled));
        QCOMPARE(in<QListWidget>(dialog.get(), "connectFound")->currentRow(), 2);
        QVERIFY(in<QPushButton>(dialog.get(), "connectNext")->isEnabled());
    }
    // The other way round, and with nothing left.
    channel.address = feed().address;
    const auto dialog = connectDialog({channel});
    find(*dialog, {feed(), blog()});
    QVERIFY(!(at(*dialog, 1)->flags() & Qt::ItemIsEnabled));
    QVERIFY(!in<QPushButton>(dialog.get(), "connectNext")->isEnabled());
    QCOMPARE(in<PlainLabel>(dialog.get(), "connectState")->text(), QStringLiteral("All of it is connected already."));
}

QTEST_MAIN(ConnectDialogTest)
#include "tst_connectdialog.moc"
