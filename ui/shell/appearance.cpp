// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/shell/appearance.h"

#include "ui/shell/earshotstyle.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QSettings>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>

namespace Earshot {

namespace {

const QString settingName = QStringLiteral("appearance");

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto part = [share](int a, int b) { return int(std::lround(a * share + b * (1 - share))); };
    return {part(one.red(), other.red()), part(one.green(), other.green()), part(one.blue(), other.blue())};
}

struct Colors
{
    QRgb window, base, alternate, text, button, quiet, highlight, highlighted, link, mid;
};

QPalette made(const Colors &colors)
{
    QPalette palette(QColor(colors.button), QColor(colors.window));
    const QColor text(colors.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::Base, QColor(colors.base));
    palette.setColor(QPalette::AlternateBase, QColor(colors.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor(colors.base));
    palette.setColor(QPalette::PlaceholderText, QColor(colors.quiet));
    palette.setColor(QPalette::Highlight, QColor(colors.highlight));
    palette.setColor(QPalette::HighlightedText, QColor(colors.highlighted));
    palette.setColor(QPalette::Link, QColor(colors.link));
    palette.setColor(QPalette::LinkVisited, QColor(colors.link));
    palette.setColor(QPalette::Mid, QColor(colors.mid));
    palette.setColor(QPalette::BrightText, QColor(colors.highlighted));
    const QColor disabled = mixed(text, QColor(colors.window), 0.5);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, QColor(colors.highlight));
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, QColor(colors.highlighted));
    return palette;
}

const QString portal = QStringLiteral("org.freedesktop.portal.Desktop");
const QString portalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString portalSettings = QStringLiteral("org.freedesktop.portal.Settings");
const QString portalGroup = QStringLiteral("org.freedesktop.appearance");
const QString colorScheme = QStringLiteral("color-scheme");
const QString contrastWish = QStringLiteral("contrast");

double luminance(const QColor &color)
{
    const auto linear = [](double value) {
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

Appearance::Appearance(QApplication &application, QDBusConnection bus)
    : QObject(&application)
    , m_application(application)
    , m_bus(std::move(bus))
{
    // From whomever: what is said is not believed, but asked for again.
    m_bus.connect(QString(), portalPath, portalSettings, QStringLiteral("SettingChanged"), this,
                  SLOT(onDesktopSetting(QString, QString)));
    const QString platformStyle = application.style()->name();
    m_platformDecides = platformStyle != QLatin1StringView("fusion") && platformStyle != QLatin1StringView("windows");
    const int stored = QSettings().value(settingName, 0).toInt();
    m_chosen = stored >= 0 && stored <= int(Scheme::highContrast) ? Scheme(stored) : Scheme::system;
    if (m_platformDecides && m_chosen == Scheme::system)
        application.setStyle(new EarshotStyle(QStyleFactory::create(platformStyle)));
    else
        application.setStyle(new EarshotStyle(QStyleFactory::create(QStringLiteral("fusion"))));
    apply(m_chosen);
    if (m_chosen == Scheme::system)
        askDesktop();
}

void Appearance::reload()
{
    const int stored = QSettings().value(settingName, 0).toInt();
    choose(stored >= 0 && stored <= int(Scheme::highContrast) ? Scheme(stored) : Scheme::system);
}

void Appearance::choose(Scheme scheme)
{
    m_chosen = scheme;
    QSettings().setValue(settingName, int(scheme));
    apply(scheme);
    if (scheme == Scheme::system)
        askDesktop();
}

void Appearance::askDesktop()
{
    if (m_platformDecides || !m_bus.isConnected())
        return;
    ask(colorScheme);
    ask(contrastWish);
}

void Appearance::ask(const QString &name)
{
    QDBusMessage call = QDBusMessage::createMethodCall(portal, portalPath, portalSettings, QStringLiteral("Read"));
    call << portalGroup << name;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, name] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            take(name, reply.value().variant());
    });
}

void Appearance::onDesktopSetting(const QString &group, const QString &name)
{
    if (group == portalGroup && !m_platformDecides && (name == colorScheme || name == contrastWish))
        ask(name);
}

void Appearance::take(const QString &name, const QVariant &value)
{
    // The portal wraps its answer twice.
    const uint told =
        value.canConvert<QDBusVariant>() ? value.value<QDBusVariant>().variant().toUInt() : value.toUInt();
    if (name == colorScheme)
        m_preference = told;
    else
        m_contrast = told;
    if (m_chosen == Scheme::system)
        apply(Scheme::system);
}

/// What the desktop wishes, else what the style comes with.
Appearance::Scheme Appearance::wished() const
{
    if (m_contrast == 1)
        return Scheme::highContrast;
    const bool isDarkStyle = isDark(m_application.style()->standardPalette());
    return m_preference == 1 || (m_preference != 2 && isDarkStyle) ? Scheme::dark : Scheme::light;
}

void Appearance::apply(Scheme scheme)
{
    if (scheme == Scheme::system && m_platformDecides)
        m_application.setPalette(QPalette());
    else if (scheme == Scheme::system)
        m_application.setPalette(palette(wished()));
    else
        m_application.setPalette(palette(scheme));
}

QPalette Appearance::palette(Scheme scheme)
{
    switch (scheme) {
    case Scheme::dark:
        return made({0xff1f2226, 0xff26292e, 0xff2c3036, 0xffe8eaed, 0xff30343a, 0xff9fa6ae, 0xff2b5fa8, 0xffffffff,
                     0xff8ab8f5, 0xff3c4148});
    case Scheme::highContrast:
        return made({0xff000000, 0xff000000, 0xff101010, 0xffffffff, 0xff000000, 0xffb8b8b8, 0xffffff00, 0xff000000,
                     0xffffff00, 0xffffffff});
    case Scheme::system:
    case Scheme::light:
        break;
    }
    return made({0xfff4f5f7, 0xffffffff, 0xfff8f9fa, 0xff1d2125, 0xffeceef1, 0xff5f6872, 0xff1f5fae, 0xffffffff,
                 0xff1a5cae, 0xffd3d7dc});
}

bool Appearance::isDark(const QPalette &palette)
{
    return luminance(palette.color(QPalette::Base)) < luminance(palette.color(QPalette::Text));
}

bool Appearance::isHighContrast(const QPalette &palette)
{
    return palette.color(QPalette::Window) == palette.color(QPalette::Base) &&
           palette.color(QPalette::Window) == palette.color(QPalette::Button);
}

double Appearance::contrast(const QColor &one, const QColor &other)
{
    const auto [dark, light] = std::minmax({luminance(one), luminance(other)});
    return (light + 0.05) / (dark + 0.05);
}

QColor Appearance::quietText(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), isDark(palette) ? 0.7 : 0.68);
}

QColor Appearance::warning(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xff, 0xb0, 0x6b) : QColor(0xa8, 0x3f, 0x00);
}

QColor Appearance::accent(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x8a, 0xb8, 0xf5) : QColor(0x1f, 0x5f, 0xae);
}

QColor Appearance::fieldEdge(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), isDark(palette) ? 0.45 : 0.55);
}

QColor Appearance::line(const QPalette &palette)
{
    return palette.color(QPalette::Mid);
}

QColor Appearance::markedRow(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Highlight), palette.color(QPalette::Base), isDark(palette) ? 0.25 : 0.12);
}

} // namespace Earshot
