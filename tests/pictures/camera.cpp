// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/pictures/camera.h"

#include "tests/pictures/misplaced.h"
#include "tests/ui/markup.h"
#include "tests/ui/names.h"
#include "tests/ui/pseudolocale.h"
#include "ui/shell/messagebar.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QImage>
#include <QProcess>
#include <QTest>
#include <QWidget>

#include <cstdio>

namespace Earshot {

namespace {

QStringList findings(Camera::Look look, QWidget &window)
{
    switch (look) {
    case Camera::Look::none:
        break;
    case Camera::Look::forClipping:
        return clippedIn(window);
    case Camera::Look::forMarkup:
        return markupIn(window);
    case Camera::Look::forNames:
        return namelessIn(window);
    case Camera::Look::forRoom:
        return clippedIn(window) + misplacedIn(window);
    }
    return {};
}

/// What is the matter with what is on screen.
QStringList findings(Camera::Look look)
{
    QStringList all;
    for (QWidget *window : QApplication::topLevelWidgets()) {
        if (window->isVisible())
            all += findings(look, *window);
    }
    return all;
}

/// What can be seen of why something does not come.
QString present()
{
    const auto named = [](const QWidget *widget) { return widget ? widget->objectName() : QStringLiteral("nothing"); };
    QString said;
    for (const QWidget *window : QApplication::topLevelWidgets()) {
        for (const MessageBar *bar : window->findChildren<MessageBar *>())
            said += bar->isVisible() ? QStringLiteral(", \"%1\" is said").arg(bar->text()) : QString();
    }
    return QStringLiteral("%1 before the rest, %2 has the keyboard in %3%4")
        .arg(named(QApplication::activeModalWidget()), named(QApplication::focusWidget()),
             named(QApplication::activeWindow()), said);
}

} // namespace

Camera::Camera(QString folder, QString only, Look look)
    : m_folder(std::move(folder))
    , m_only(std::move(only))
    , m_look(look)
{
}

QString Camera::named(const char *name) const
{
    return m_look == Look::forMarkup ? hostileName() + QLatin1String(name) : QString::fromLatin1(name);
}

bool Camera::until(const char *what, const Condition &condition)
{
    // As tests/patience.h has it.
    if (QTest::qWaitFor(condition, 30'000))
        return true;
    std::fprintf(stderr, "%s did not come (after the picture \"%s\"); there is %s\n", what,
                 qPrintable(m_reached.value(m_reached.size() - 1)), qPrintable(present()));
    ++m_failed;
    return false;
}

void Camera::photograph(const QString &name)
{
    m_reached.append(name);
    if (!isWanted(name))
        return;
    if (m_look != Look::none)
        lookAt(name);
    if (!m_folder.isEmpty())
        takePicture(name);
}

void Camera::takePicture(const QString &name)
{
    const QString file =
        QStringLiteral("%1/%2-%3.png").arg(m_folder).arg(m_reached.size(), 3, 10, QLatin1Char('0')).arg(name);
    // What is on its way to the display has to arrive there: a picture is taken when nothing has moved for a while.
    QTest::qWait(350);
    QProcess import;
    import.start(QStringLiteral("import"), {QStringLiteral("-window"), QStringLiteral("root"), file});
    if (!QTest::qWaitFor([&] { return import.state() == QProcess::NotRunning; }, 10'000) || import.exitCode() != 0) {
        std::fprintf(stderr, "no picture %s\n", qPrintable(file));
        ++m_failed;
        return;
    }
    const QImage image(file);
    const QByteArray print =
        QCryptographicHash::hash(QByteArrayView(image.constBits(), image.sizeInBytes()), QCryptographicHash::Sha1);
    if (const QString same = m_prints.value(print); !same.isEmpty()) {
        std::fprintf(stderr, "%s looks as %s does: one of the two was not reached\n", qPrintable(name),
                     qPrintable(same));
        ++m_failed;
    }
    m_prints.insert(print, name);
}

void Camera::lookAt(const QString &name)
{
    // What was laid out anew has its place after the next turns.
    if (QTest::qWaitFor([this] { return findings(m_look).isEmpty(); }, 2000))
        return;
    std::fprintf(stderr, "%s:\n    %s\n", qPrintable(name),
                 qPrintable(findings(m_look).join(QStringLiteral("\n    "))));
    ++m_failed;
}

} // namespace Earshot
