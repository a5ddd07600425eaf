// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/modelook.h"

#include "ui/shell/appearance.h"

namespace Earshot {

QString ModeLook::word(Mode mode)
{
    switch (mode) {
    case Mode::reply:
        return tr("Public reply");
    case Mode::privateReply:
        return tr("Private reply");
    case Mode::note:
        return tr("Note");
    case Mode::noteEdit:
        return tr("Edit note");
    }
    return {};
}

QString ModeLook::icon(Mode mode)
{
    switch (mode) {
    case Mode::reply:
        return QStringLiteral("reply");
    case Mode::privateReply:
        return QStringLiteral("lock");
    case Mode::note:
        return QStringLiteral("note");
    case Mode::noteEdit:
        return QStringLiteral("pen");
    }
    return {};
}

QColor ModeLook::color(Mode mode, const QPalette &palette)
{
    const bool isDark = Appearance::isDark(palette);
    switch (mode) {
    case Mode::reply:
        return isDark ? QColor(0x7f, 0xb8, 0xf5) : QColor(0x0b, 0x5c, 0xad);
    case Mode::privateReply:
        return isDark ? QColor(0xd9, 0xa0, 0xea) : QColor(0x7a, 0x2f, 0x8f);
    case Mode::note:
    case Mode::noteEdit:
        return isDark ? QColor(0xe8, 0xb8, 0x4a) : QColor(0x85, 0x58, 0x00);
    }
    return {};
}

QColor ModeLook::tint(Mode mode, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor with = color(mode, palette);
    const float share = DraftRecord::isOfNote(mode) ? 0.13F : 0.07F;
    return QColor::fromRgbF(base.redF() + (with.redF() - base.redF()) * share,
                            base.greenF() + (with.greenF() - base.greenF()) * share,
                            base.blueF() + (with.blueF() - base.blueF()) * share);
}

} // namespace Earshot
