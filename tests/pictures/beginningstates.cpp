// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/proxywords.h"
#include "tests/pictures/photographer.h"
#include "ui/settings/connectdialog.h"
#include "ui/shell/errortext.h"
#include "ui/shell/knownworkspaces.h"
#include "ui/window/joindialog.h"
#include "ui/window/statuscontrol.h"
#include "ui/window/welcomedialog.h"

#include <QApplication>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace Earshot {

namespace {

/// What lives at one address.
QList<Finding> found()
{
    Finding blog;
    blog.network = Network::wordpress;
    blog.address = QStringLiteral("https://blog.example");
    blog.name = QStringLiteral("Example Blog");
    blog.what = QStringLiteral("comments");
    blog.canAnswer = blog.canModerate = blog.needsUser = blog.needsPassword = blog.isBest = true;
    Finding feed;
    feed.address = QStringLiteral("https://blog.example/comments/feed");
    feed.name = QStringLiteral("Comments on Example Blog");
    feed.what = QStringLiteral("comments");
    feed.sameAs = blog.address;
    Finding account;
    account.network = Network::mastodon;
    account.address = QStringLiteral("@acme@social.example");
    account.name = QStringLiteral("Acme");
    account.what = QStringLiteral("account");
    account.canAnswer = account.needsSignIn = true;
    return {blog, feed, account};
}

/// As a person types it; nobody answers.
void logIn(JoinDialog &dialog, const QString &server)
{
    dialog.findChild<QLineEdit *>(QStringLiteral("joinAddress"))->setText(server);
    dialog.findChild<QLineEdit *>(QStringLiteral("joinName"))->setText(QStringLiteral("Kim"));
    dialog.findChild<QLineEdit *>(QStringLiteral("joinPassword"))->setText(QStringLiteral("horse battery staple"));
    dialog.findChild<QPushButton *>(QStringLiteral("joinButton"))->click();
}

} // namespace

// The first steps: a workspace, a channel.

void Photographer::connecting()
{
    ScriptedService service;
    auto *dialog = new ConnectDialog(m_world->desk(), service, {}, &m_world->window());
    dialog->open();
    photograph(QStringLiteral("connect-address"));
    auto *next = dialog->findChild<QPushButton *>(QStringLiteral("connectNext"));
    dialog->findChild<QLineEdit *>(QStringLiteral("connectAddress"))->setText(QStringLiteral("blog.example"));
    next->click();
    photograph(QStringLiteral("connect-looking"));
    service.discovery.answer(fail(ErrorKind::transient));
    until("the failure", [next] { return next->isEnabled(); });
    photograph(QStringLiteral("connect-failed"));
    next->click();
    service.discovery.answer(QList<Finding>());
    until("that nothing is there", [next] { return next->isEnabled(); });
    photograph(QStringLiteral("connect-nothing"));
    next->click();
    service.discovery.answer(found());
    auto *list = dialog->findChild<QListWidget *>(QStringLiteral("connectFound"));
    until("what was found", [list] { return list->count() == 3; });
    photograph(QStringLiteral("connect-found"));
    next->click();
    if (!until("the preview's question", [&service] { return service.previewing.isOpen(); }))
        return;
    RemoteMessage message;
    message.author.name = QStringLiteral("Mira Holm");
    message.text = QStringLiteral("Since the update my ThinkTower won't wake any more, whatever I press.");
    message.sentAt = m_world->clock().now() - std::chrono::hours(3);
    service.previewing.answer(QList<RemoteMessage>{message, message});
    photograph(QStringLiteral("connect-password"));
    dialog->findChild<QPushButton *>(QStringLiteral("connectBack"))->click();
    list->setCurrentRow(2);
    next->click();
    photograph(QStringLiteral("connect-sign-in"));
    auto *browser = dialog->findChild<QPushButton *>(QStringLiteral("signInBrowser"));
    browser->click();
    photograph(QStringLiteral("connect-sign-in-waiting"));
    const QString waiting = browser->text();
    service.signingIn.answer(fail(ErrorKind::transient));
    until("the failure", [browser, waiting] { return browser->text() != waiting; });
    photograph(QStringLiteral("connect-sign-in-failed"));
    signedIn(*dialog, service, message);
    for (int page = 0; page < 2; ++page)
        dialog->findChild<QPushButton *>(QStringLiteral("connectBack"))->click();
    dialog->findChild<QLineEdit *>(QStringLiteral("connectAddress"))->setText(found().constLast().address);
    next->click();
    Finding heard = found().constLast();
    heard.name = heard.address;
    heard.what = QStringLiteral("posts");
    heard.canAnswer = heard.needsSignIn = false;
    service.discovery.answer(QList<Finding>{found().constLast(), heard});
    until("what was found", [list] { return list->count() == 2; });
    photograph(QStringLiteral("connect-is-this-you"));
    dialog->close();
    (void)QTest::qWaitFor([this] { return QApplication::activeWindow() == &m_world->window(); });
}

/// The latest there, as whoever signed in reads it.
void Photographer::signedIn(ConnectDialog &dialog, ScriptedService &service, const RemoteMessage &message)
{
    const auto asked = service.previewed.size();
    dialog.findChild<QPushButton *>(QStringLiteral("signInBrowser"))->setFocus();
    dialog.findChild<QPushButton *>(QStringLiteral("signInBrowser"))->click();
    service.signingIn.answer(Secret(QByteArrayLiteral("token")));
    if (!until("the question for the latest", [&service, asked] { return service.previewed.size() > asked; }))
        return;
    photograph(QStringLiteral("connect-signed-in-reading"));
    service.previewing.answer(QList<RemoteMessage>(5, message));
    const auto *latest = dialog.findChild<QListWidget *>(QStringLiteral("connectPreview"));
    until("the latest", [latest] { return latest->count() == 5; });
    photograph(QStringLiteral("connect-signed-in"));
    const auto again = [&](const Result<QList<RemoteMessage>> &answer, const char *picture) {
        dialog.findChild<QPushButton *>(QStringLiteral("connectRead"))->click();
        const QString reading = latest->item(0)->text();
        service.previewing.answer(answer);
        until("the answer", [latest, reading] { return latest->item(0)->text() != reading; });
        photograph(QString::fromLatin1(picture));
    };
    again(QList<RemoteMessage>(), "connect-signed-in-none");
    again(fail(ErrorKind::otherAccount, QStringLiteral("@jo@social.example ≠ @acme@social.example")),
          "connect-signed-in-another");
}

void Photographer::workspaces()
{
    open("workspacesDialog", QStringLiteral("workspace.switch"));
    photograph(QStringLiteral("workspaces-empty"));
    close("workspacesDialog");
    const QTemporaryDir folder;
    const auto note = [&folder](const char *name, const QString &server) {
        QFile file(folder.filePath(QString::fromLatin1(name) + QStringLiteral(".earshot")));
        if (file.open(QIODevice::WriteOnly))
            KnownWorkspaces::note({file.fileName(), QString::fromLatin1(name), server});
    };
    note("desk", {});
    note("desk.example", QStringLiteral("https://desk.example"));
    open("workspacesDialog", QStringLiteral("workspace.switch"));
    photograph(QStringLiteral("workspaces"));
    close("workspacesDialog");
}

void Photographer::beginnings()
{
    m_world->window().hide();
    WelcomeDialog welcome(QStringLiteral("/home/ana/.local/share/earshot/desk.earshot"));
    welcome.show();
    photograph(QStringLiteral("welcome"));
    welcome.showTrouble(ErrorText::of(Error{ErrorKind::diskFull, {}, {}}));
    photograph(QStringLiteral("welcome-trouble"));
    welcome.hide();
    const QList<KnownWorkspace> known{
        {QStringLiteral("/home/ana/.local/share/earshot/desk.earshot"), QStringLiteral("desk"), {}},
        {QStringLiteral("/home/ana/.local/share/earshot/desk.example.earshot"), QStringLiteral("desk.example"),
         QStringLiteral("https://desk.example")}};
    WelcomeDialog returning(QStringLiteral("/home/ana/.local/share/earshot/desk-2.earshot"), known);
    returning.show();
    photograph(QStringLiteral("welcome-again"));
    returning.hide();
}

void Photographer::joining()
{
    JoinDialog join({}, false);
    join.show();
    photograph(QStringLiteral("join"));
    logIn(join, QStringLiteral("https://desk.example"));
    photograph(QStringLiteral("join-logging-in"));
    join.showTrouble(
        ErrorText::ofAttempt(Error{ErrorKind::refused, QStringLiteral("the name or the password is wrong"), {}}));
    photograph(QStringLiteral("join-refused"));
    join.showTrouble(ErrorText::ofAttempt(Error{ErrorKind::transient, {}, {}}));
    photograph(QStringLiteral("join-offline"));
    join.showProgress(0.4, {});
    photograph(QStringLiteral("join-arriving"));
    join.showProgress(0.4, StatusControl::whyNotJoined(Error{ErrorKind::transient, proxyAsks(), {}}));
    photograph(QStringLiteral("join-interrupted"));
    join.hide();
    JoinDialog again(QStringLiteral("https://desk.example"), true);
    again.show();
    photograph(QStringLiteral("log-in-again"));
    again.hide();
}

void Photographer::noChannel()
{
    DeskWorld fresh(false);
    MainWindow::Options options;
    options.title = QStringLiteral("desk");
    ScriptedService service;
    MainWindow window(fresh.desk(), service, m_world->appearance(), options);
    window.showMaximized();
    photograph(QStringLiteral("no-channel"));
    (void)window.commands().trigger(QStringLiteral("channels.show"));
    until("the channels",
          [this] { return m_world->widget("channelsDialog") && m_world->widget("channelsDialog")->isVisible(); });
    photograph(QStringLiteral("channels-empty"));
}

} // namespace Earshot
